import CaptureDecoding
import CaptureFiles
import PacketDecoding
import Reporting

/// Takes packets as they come and puts their streams together.
struct LivePackets: PacketSource {
    let capture: LiveCapture
    let limits: FlowLimits
    let interruption: Interruption
    /// nil: there is no limit.
    let packets: Int?
    let isQuiet: Bool

    /// Packets between two looks at what was dropped.
    private static let interval = 16_384

    func run(forward: @escaping (inout StreamBatch) -> Void, isWanted: () -> Bool) -> PacketsEnd {
        let assembler = StreamAssembler(limits: self.limits, forward: forward)
        var drops = DropNotice(isQuiet: self.isQuiet)
        var failure: LiveCaptureError?
        do throws(LiveCaptureError) {
            while isWanted(), assembler.totals.packets < self.packets ?? .max {
                if try self.capture.next({ record, octets in assembler.packet(record, octets: octets) }) {
                    if assembler.totals.packets.isMultiple(of: Self.interval) { drops.look(self.capture.counts) }
                    continue
                }
                assembler.flush()
                drops.look(self.capture.counts)
                guard self.interruption.awaitInput(on: self.capture.descriptor) else { break }
            }
        } catch {
            failure = error
        }
        assembler.finish()
        var end = PacketsEnd(totals: assembler.totals, damages: [])
        end.live = self.capture.counts ?? LiveCounts(received: UInt64(assembler.totals.packets))
        end.liveError = failure
        return end
    }
}

/// Says once that packets are lost: what follows has gaps that the network has not.
struct DropNotice {
    let isQuiet: Bool
    private var isTold = false

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    mutating func look(_ counts: LiveCounts?) {
        guard let counts, counts.dropped > 0, !self.isTold, !self.isQuiet else { return }
        self.isTold = true
        writeNotice(
            "packets are dropped: imapscope does not keep up; --buffer 256MB, a narrower --bpf, or --detail 1 help"
        )
    }
}

extension LiveCounts {
    var dropped: UInt64 { self.droppedByKernel + self.droppedByInterface }

    /// For totals.
    var text: String {
        "\(self.received) packets passed the filter, \(self.droppedByKernel) dropped by the kernel, "
            + "\(self.droppedByInterface) by the interface"
    }
}
