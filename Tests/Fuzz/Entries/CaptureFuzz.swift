import CaptureDecoding
import IMAPSession
import IMAPWire
import PacketDecoding
import SASL
import Traffic

/// A capture file of either format, from its first octet to its sessions: reading it in pieces changes nothing, records follow
/// each other, and what sessions say never goes back.
public enum CaptureFuzz {
    /// The first octet chooses how the file comes in pieces.
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        guard input.count > 1 else { return }
        let file = Array(input[1...])
        let whole = self.decode(file, piece: file.count)
        let pieces = self.decode(file, piece: Int(input[0]) + 1)
        precondition(whole == pieces, "pieces changed the decoding")
    }

    private static func decode(_ file: [UInt8], piece: Int) -> CaptureTotals {
        var reader = CaptureReader()
        let decoder = CaptureDecoder(options: self.options) { _ in Forward() }
        var start = 0
        var end = 0
        var steps = 0
        reading: while true {
            steps += 1
            precondition(steps <= 4 * file.count + 16, "the reader does not get on")
            do throws(CaptureError) {
                let window = file.span.bytes.extracting(start..<end)
                let (step, consumed) = try reader.next(in: window, isLast: end == file.count)
                precondition(consumed <= window.byteCount, "more was consumed than there is")
                switch step {
                case .packet(let record):
                    precondition(record.octets.upperBound <= consumed, "a packet lies outside its record")
                    precondition(record.originalLength >= record.octets.count, "a packet is longer than it was")
                    decoder.packet(record, octets: window.extracting(record.octets))
                case .secrets(_, let range): precondition(range.upperBound <= consumed, "keys lie outside their block")
                case .other: precondition(consumed > 0, "nothing was consumed")
                case .needsMore:
                    precondition(end < file.count, "more than all is needed")
                    end = min(end + piece, file.count)
                case .end: break reading
                }
                start += consumed
                precondition(reader.offset == UInt64(start), "the reader lost its place")
            } catch {
                break
            }
        }
        decoder.finish()
        return decoder.totals
    }

    private static var options: CaptureOptions {
        var flows = FlowLimits.standard
        flows.flows = 8
        flows.heldOctets = 16_384
        flows.reassembly.heldOctets = 8192
        return CaptureOptions(
            flows: flows,
            session: SessionOptions(limits: WireLimits(messageText: 4096, literalPrefix: 64, literalsPerMessage: 8)),
            waitingOctets: 4096,
            waitingPackets: 16,
            undecidedOctets: 1024
        )
    }

    private final class Forward: SessionObserver {
        private var next: [Direction: UInt64] = [:]
        private var hasEnded = false

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            precondition(self.next[message.direction, default: 0] <= message.offset, "messages overlap")
            self.next[message.direction] = message.offset + message.length
            for secret in message.secrets { precondition(secret.range.upperBound <= text.byteCount) }
        }

        func announced(_ message: Message, text: RawSpan) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan) {}

        func event(_ event: SessionEvent) {
            precondition(!self.hasEnded, "a session speaks behind its end")
            if case .ended = event { self.hasEnded = true }
        }
    }
}
