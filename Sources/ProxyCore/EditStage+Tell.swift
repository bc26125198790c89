import IMAPSession
import RuleEngine
import Traffic

// MARK: - What rules did, for the transcript

extension EditStage {
    func tellEdit(
        _ cause: String,
        _ direction: Direction,
        _ offset: UInt64,
        before: String,
        after: String,
        _ time: Timestamp
    ) {
        self.downstream.event(
            .edit(
                Edit(direction: direction, offset: offset, cause: cause, before: before, after: after, time: time)
            )
        )
    }

    func tellReplaced(_ planned: PlannedMessage) {
        let replacements = planned.plan.replacements
        guard !replacements.isEmpty else { return }
        if planned.message.direction == .server { self.noteWithheldTLS(planned) }
        let texts = EditText.texts(
            planned.octets,
            planned.message.secrets,
            replacements,
            isText: planned.isText,
            literals: planned.message.literals
        )
        var rules: [String] = []
        for replacement in replacements where !rules.contains(replacement.rule) { rules.append(replacement.rule) }
        self.tellEdit(
            rules.joined(separator: ", "),
            planned.message.direction,
            planned.range.lowerBound,
            before: texts.before,
            after: texts.after,
            planned.message.time
        )
    }

    func tellDropped(_ planned: PlannedMessage, _ rule: String) {
        self.tellEdit(
            rule,
            planned.message.direction,
            planned.range.lowerBound,
            before: Self.line(planned.octets, hiding: planned.isText ? planned.message.secrets : []),
            after: "",
            planned.message.time
        )
    }

    /// Lines of imapscope's own: nothing came, and this is said.
    func tellInjected(_ octets: [UInt8], _ rule: String, at offset: UInt64, _ time: Timestamp) {
        self.wire?.conduct.injected(octets, rule)
        self.tellEdit(rule, .server, offset, before: "", after: EditText.lines(octets), time)
    }

    /// A message that leaves otherwise than it came is no edit of its octets, but nobody should have to guess.
    func tellPaced(_ delivery: Delivery, _ message: Message) {
        self.tell(
            "delivered-by-rule",
            .info,
            .imapscope,
            message.direction,
            message.offset,
            "the rule \(delivery.rule) delivers this message \(delivery.sentence)",
            "imapscope: rules",
            message.time
        )
    }
}

extension Delivery {
    /// For people: how it delivers.
    fileprivate var sentence: String {
        var parts: [String] = []
        if self.delay > 0 { parts.append("\(Self.milliseconds(self.delay)) later") }
        if let slice { parts.append("in pieces of \(slice) octet\(slice == 1 ? "" : "s")") }
        if self.pause > 0 { parts.append("with \(Self.milliseconds(self.pause)) between two writes") }
        if let rate { parts.append("at \(rate) octets a second") }
        if let stop { parts.append("up to octet \(stop.after), then: \(stop.by.rawValue)") }
        return parts.isEmpty ? "as it came" : parts.joined(separator: ", ")
    }

    private static func milliseconds(_ nanoseconds: Int64) -> String { "\(nanoseconds / 1_000_000) ms" }
}

extension EditText {
    /// Lines without the last line end, cut where they are too long to read.
    static func lines(_ octets: [UInt8]) -> String {
        var end = octets.count
        while end > 0, octets[end - 1] == 0x0A || octets[end - 1] == 0x0D { end -= 1 }
        return Self.cut(String(decoding: octets[..<end], as: UTF8.self))
    }
}
