import Traffic

/// What is missing in the source, and nobody's fault.
extension Finding {
    /// Whether the finding accuses a peer of what may be the source's fault, when the source lacks parts of the session.
    func needsWholeSession(of isWhole: Bool) -> Bool {
        switch self.id {
        case "unknown-tag", "missing-greeting", "client-before-greeting", "command-in-wrong-state",
            "response-in-wrong-state", "exists-shrank", "expunge-under-qresync", "flag-not-permanent", "not-enabled",
            "number-under-uidonly", "recent-above-exists", "sequence-number-out-of-range":
            true
        case "unknown-command", "message-cut", "literal-cut": !isWhole
        default: false
        }
    }

    static func cutByGap(_ octets: UInt64, _ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "cut-by-gap",
            severity: .info,
            blame: .capture,
            direction: direction,
            offset: offset,
            text: "the message is cut here: the next \(octets) octets are not in the capture",
            reference: "RFC 9051 section 2.2"
        )
    }

    static func compressedGap(_ octets: UInt64, _ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "compressed-gap",
            severity: .low,
            blame: .capture,
            direction: direction,
            offset: offset,
            text:
                "\(octets) compressed octets are not in the capture; what follows refers to them, so that the rest of "
                + "the session cannot be inflated",
            reference: "RFC 1951 section 3.2.3"
        )
    }
}
