import TLSDecryption
import Traffic

/// A key log and a TLS connection: how either is cut into pieces changes nothing of what is read, and nothing is counted twice.
public enum DecryptionFuzz {
    /// The first octet is the size of pieces. Then the key log up to a NUL, then runs of one direction: an octet whose highest
    /// bit is the direction and whose next one says that the run is missing, two octets of length, and the octets.
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        guard input.count > 1 else { return }
        let piece = Int(input[0]) + 1
        let rest = Array(input[1...])
        let end = rest.firstIndex(of: 0) ?? rest.count
        let log = Array(rest[..<end])
        let wire = Array(rest[min(end + 1, rest.count)...])
        let whole = Self.decrypt(log, wire, piece: .max)
        let pieces = Self.decrypt(log, wire, piece: piece)
        precondition(whole == pieces, "pieces changed the cleartext")
    }

    private static func decrypt(_ log: [UInt8], _ wire: [UInt8], piece: Int) -> [[UInt8]] {
        let keyLog = KeyLog()
        var reader = KeyLogReader(keyLog, source: "fuzz")
        Self.each(log, piece) { reader.append($0.span.bytes) }
        reader.finish()
        let listener = Cleartext()
        let decryptor = TLSDecryptor(
            keys: TLSDecryptionKeys(keyLog: keyLog, privateKeys: [], mayGrow: false),
            observer: listener
        )
        var index = 0
        var sent = 0
        while index + 3 <= wire.count {
            let direction: Direction = wire[index] & 0x80 != 0 ? .server : .client
            let isMissing = wire[index] & 0x40 != 0
            let length = Int(wire[index + 1]) << 8 | Int(wire[index + 2])
            let run = Array(wire[min(index + 3, wire.count)..<min(index + 3 + length, wire.count)])
            index += 3 + run.count
            if isMissing {
                decryptor.gap(UInt64(run.count), from: direction, at: .zero)
            } else {
                sent += run.count
                Self.each(run, piece) { decryptor.receive($0.span.bytes, from: direction, at: .zero) }
            }
        }
        decryptor.finish(at: .zero)
        precondition(
            listener.octets[0].count + listener.octets[1].count <= sent,
            "there is more cleartext than there was TLS"
        )
        return listener.octets
    }

    private static func each(_ octets: [UInt8], _ piece: Int, _ body: ([UInt8]) -> Void) {
        var start = 0
        while start < octets.count {
            let end = piece < octets.count - start ? start + piece : octets.count
            body(Array(octets[start..<end]))
            start = end
        }
    }

    private final class Cleartext: TLSObserver {
        var octets: [[UInt8]] = [[], []]

        func cleartext(_ octets: RawSpan, from direction: Direction, at time: Timestamp) {
            octets.withUnsafeBytes { self.octets[direction == .client ? 0 : 1].append(contentsOf: $0) }
        }

        func gap(_ gap: CleartextGap, from direction: Direction, at time: Timestamp) {}
        func handshake(_ facts: TLSHandshakeFacts, at time: Timestamp) {}
        func alert(_ alert: TLSAlert, from direction: Direction, at time: Timestamp) {}
        func problem(_ problem: TLSProblem, from direction: Direction, at time: Timestamp) {}
        func undecrypted(_ octets: Int, from direction: Direction, at time: Timestamp) {}
    }
}
