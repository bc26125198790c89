import CaptureDecoding
import CaptureFiles
import PacketDecoding

/// How the packets of a run of captures ended.
struct PacketsEnd: Sendable {
    var totals: PacketTotals
    /// Files that could not be read to their end.
    var damages: [CaptureFileError]
    /// What the kernel counted; nil for files.
    var live: LiveCounts?
    /// Why a capture that was live ended early.
    var liveError: LiveCaptureError?
}

/// Where packets come from. It may run on a thread of its own.
protocol PacketSource {
    /// - Parameters:
    ///   - forward: takes what the packets carried.
    ///   - isWanted: false once nobody wants more.
    func run(forward: @escaping (inout StreamBatch) -> Void, isWanted: () -> Bool) -> PacketsEnd
}

/// Reads the packets of all captures and puts their streams together.
struct PacketReading: PacketSource {
    let inputs: [CaptureInput]
    let limits: FlowLimits
    let showsProgress: Bool

    /// TLS Key Log, among the kinds of secrets of a Decryption Secrets Block (draft-ietf-opsawg-pcapng section 4.7).
    private static let keyLogType: UInt32 = 0x544C_534B

    func run(forward: @escaping (inout StreamBatch) -> Void, isWanted: () -> Bool) -> PacketsEnd {
        let assembler = StreamAssembler(limits: self.limits, forward: forward)
        for input in self.inputs { input.whenIdle = { [unowned assembler] in assembler.flush() } }
        let files = self.inputs.map { CaptureFile(name: $0.name, source: $0) }
        var captures = MergedCaptures(files) { type, octets in
            if type == Self.keyLogType { assembler.secrets(octets) }
        }
        var progress = Progress(self.inputs, isWanted: self.showsProgress)
        while isWanted(), captures.next({ record, _, octets in assembler.packet(record, octets: octets) }) {
            progress.step()
        }
        assembler.finish()
        for input in self.inputs { input.whenIdle = nil }
        progress.clear()
        return PacketsEnd(totals: assembler.totals, damages: captures.damages)
    }
}
