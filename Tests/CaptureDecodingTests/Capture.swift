import IMAPSession
import PacketDecoding
import SASL
import Traffic

@testable import CaptureDecoding

/// A capture made packet by packet: raw IPv4, a connection for each client port.
final class Capture {
    private struct Ends {
        var client: UInt32 = 100
        var server: UInt32 = 500
    }

    private(set) var decoder: CaptureDecoder
    let sessions = Sessions()
    private var ends: [UInt16: Ends] = [:]
    private var time: Int64 = 0

    init(_ options: CaptureOptions = CaptureOptions()) {
        let sessions = self.sessions
        self.decoder = CaptureDecoder(options: options) { sessions.begin($0) }
    }

    func open(_ client: UInt16, server: UInt16 = 143) {
        self.packet(client, server, fromClient: true, [.syn], [])
        self.packet(client, server, fromClient: false, [.syn, .ack], [])
    }

    func say(_ text: String, _ client: UInt16, server: UInt16 = 143, fromClient: Bool = false) {
        self.say(Array(text.utf8), client, server: server, fromClient: fromClient)
    }

    func say(_ octets: [UInt8], _ client: UInt16, server: UInt16 = 143, fromClient: Bool = false) {
        self.packet(client, server, fromClient: fromClient, [.ack], octets)
    }

    /// Octets that the capture does not hold.
    func lose(_ count: UInt32, _ client: UInt16, fromClient: Bool = false) {
        if fromClient {
            self.ends[client, default: Ends()].client += count
        } else {
            self.ends[client, default: Ends()].server += count
        }
    }

    func close(_ client: UInt16, server: UInt16 = 143) {
        self.packet(client, server, fromClient: false, [.fin, .ack], [])
        self.packet(client, server, fromClient: true, [.fin, .ack], [])
    }

    func wait(nanoseconds: Int64) {
        self.time += nanoseconds
    }

    func finish() -> [String] {
        self.decoder.finish()
        return self.sessions.lines
    }

    private func packet(_ client: UInt16, _ server: UInt16, fromClient: Bool, _ flags: TCPFlags, _ octets: [UInt8]) {
        self.time += 1_000_000
        var ends = self.ends[client, default: Ends()]
        let (own, other) = fromClient ? (ends.client, ends.server) : (ends.server, ends.client)
        let addresses: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 7]
        let tcp =
            self.big16(fromClient ? client : server) + self.big16(fromClient ? server : client) + self.big32(own)
            + self.big32(flags.contains(.ack) ? other : 0) + [0x50, flags.rawValue, 255, 255, 0, 0, 0, 0] + octets
        let frame =
            [0x45, 0] + self.big16(UInt16(20 + tcp.count)) + [0, 1, 0, 0, 64, 6, 0, 0]
            + (fromClient ? addresses : Array(addresses[4...] + addresses[..<4])) + tcp
        let length = UInt32(octets.count) + (flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
        if fromClient { ends.client += length } else { ends.server += length }
        self.ends[client] = ends
        self.decoder.packet(
            PacketRecord(
                link: .raw,
                time: Timestamp(seconds: 0, nanoseconds: self.time),
                octets: 0..<frame.count,
                originalLength: frame.count
            ),
            octets: frame.span.bytes
        )
    }

    private func big16(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
    private func big32(_ value: UInt32) -> [UInt8] {
        self.big16(UInt16(value >> 16)) + self.big16(UInt16(value & 0xFFFF))
    }
}

/// What sessions say, a line each: `1 192.0.2.1:40000`, `1 S:* OK`, `1 S[5]`, `1 end`.
final class Sessions {
    private(set) var lines: [String] = []
    /// Id and text of each finding about TLS.
    private(set) var findings: [String] = []
    /// Version and cipher suite of each handshake.
    private(set) var handshakes: [String] = []

    func begin(_ id: ConnectionID) -> any SessionObserver { Observer(id.number, self) }

    private final class Observer: SessionObserver {
        private let number: UInt64
        private unowned let sessions: Sessions

        init(_ number: UInt64, _ sessions: Sessions) {
            self.number = number
            self.sessions = sessions
        }

        private func add(_ text: String) {
            self.sessions.lines.append("\(self.number) \(text)")
        }

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            let words = text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            self.add("\(message.direction == .client ? "C" : "S"):\(words.prefix { $0 != "\r\n" })")
        }

        func announced(_ message: Message, text: RawSpan) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan) {}

        func event(_ event: SessionEvent) {
            switch event {
            case .began(let description): self.add("\(description.client) \(description.clientLeg)")
            case .gap(let direction, _, let octets, _): self.add("\(direction == .client ? "C" : "S")[\(octets)]")
            case .ended: self.add("end")
            case .finding(let finding, _) where finding.id.hasPrefix("tls-"):
                self.sessions.findings.append("\(finding.id) \(finding.text)")
            case .tls(let change):
                guard case .established(let facts) = change.outcome else { break }
                let state = facts.isDecrypted == true ? "decrypted" : "not decrypted"
                self.sessions.handshakes.append("\(facts.version) \(facts.cipher), \(state)")
            default: break
            }
        }
    }
}
