import Deflate
import Traffic

// What can be wrong with a compressed stream.

extension Finding {
    static func inflating(_ error: InflateError, _ direction: Direction, at offset: UInt64) -> Finding {
        let place = "after \(error.offset) compressed octets and \(error.produced) inflated ones"
        let rest = "what follows in either direction is relayed unread"
        var finding = Finding(
            id: "deflate-garbage",
            severity: .high,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "",
            reference: "RFC 4978 section 4"
        )
        switch error.code {
        case .corrupt(let reason):
            finding.text = "no DEFLATE stream \(place) (\(reason)); \(rest)"
        case .ratio(let limits, let actual):
            finding.id = "deflate-bomb"
            finding.text =
                "\(actual) octets more than \(limits.ratio) times the compressed ones, \(place): the limit is "
                + "\(limits.allowance); \(rest)"
            finding.reference = "the limit of imapscope"
        case .outOfMemory:
            finding.id = "deflate-memory"
            finding.blame = .imapscope
            finding.text = "no memory to inflate with, or too many compressed streams in one session; \(rest)"
            finding.reference = "the limit of imapscope"
        case .truncated, .trailingOctets:
            finding.text = "the DEFLATE stream ends \(place); \(rest)"
        }
        return finding
    }

    static func octetsBehindDeflate(_ count: Int, _ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "octets-behind-deflate",
            severity: .medium,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "the DEFLATE stream has ended (final block) and \(count) octets follow; they are relayed unread",
            reference: "RFC 1951 section 3.2.3"
        )
    }

    static func compressedTwice(at offset: UInt64) -> Finding {
        .server(
            "compressed-twice",
            .medium,
            at: offset,
            "a second COMPRESS was answered with OK; it has to be refused, and one layer is read",
            "RFC 4978 section 3"
        )
    }
}
