/// Explanations for a person: blocks for single names, a table for the parts of a line.
struct ExplanationText {
    let isColored: Bool
    /// Where lines are broken.
    let width: Int

    /// Where the text of a block begins.
    private static let column = 11

    func block(_ explanation: Explanation) -> String {
        var text = "\(self.bold(explanation.name))  \(self.dim(explanation.kind))\n"
        text += self.paragraph("  ", explanation.meaning, indent: 2)
        if let shape = explanation.shape { text += self.line("shape", shape) }
        var place = explanation.reference
        if let title = explanation.title { place += " (\(title))" }
        if let also = explanation.also { place += "; \(also)" }
        text += self.line("defined", place)
        if let vendor = explanation.vendor { text += self.line("vendor", vendor) }
        if !explanation.states.isEmpty { text += self.line("state", explanation.states.joined(separator: ", ")) }
        if let remark = explanation.remark { text += self.line("remark", remark) }
        text += self.names("needs", explanation.capabilities)
        text += self.names("brings", explanation.brings)
        text += self.names("related", explanation.related)
        text += self.names("seen in", explanation.knownFor)
        text += self.names("reports", explanation.reports)
        return text
    }

    /// One line for each part of a message.
    func table(_ parts: [Explanation]) -> String {
        let nameWidth = min(parts.map(\.name.count).max() ?? 0, 28)
        let kindWidth = parts.map(\.kind.count).max() ?? 0
        var text = ""
        for part in parts {
            let lead = self.padded(part.name, nameWidth) + "  " + self.padded(part.kind, kindWidth) + "  "
            let meaning = "\(part.meaning) (\(part.reference))"
            text += self.paragraph("  \(lead)", meaning, indent: min(lead.count + 2, self.width / 2))
        }
        return text
    }

    func list(_ heading: String, _ explanations: [Explanation]) -> String {
        let nameWidth = min(explanations.map(\.name.count).max() ?? 0, 28)
        var text = self.bold(heading) + "\n"
        for explanation in explanations {
            text += self.paragraph(
                "  \(self.padded(explanation.name, nameWidth))  ",
                explanation.meaning,
                indent: nameWidth + 4
            )
        }
        return text
    }

    // MARK: - Lines

    private func line(_ label: String, _ text: String) -> String {
        self.paragraph("  " + self.dim(self.padded(label, Self.column - 4)) + "  ", text, indent: Self.column)
    }

    private func names(_ label: String, _ names: [String]) -> String {
        names.isEmpty ? "" : self.line(label, names.joined(separator: ", "))
    }

    /// `lead` and `text`, broken at spaces; lines after the first begin at `indent`.
    private func paragraph(_ lead: String, _ text: String, indent: Int) -> String {
        var result = lead
        var used = Self.visibleCount(lead)
        var isFirst = true
        for word in text.split(separator: " ") {
            if !isFirst, used + 1 + word.count > self.width {
                result += "\n" + String(repeating: " ", count: indent)
                used = indent
                isFirst = true
            }
            result += isFirst ? "" : " "
            result += word
            used += word.count + (isFirst ? 0 : 1)
            isFirst = false
        }
        return result + "\n"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    /// How many columns a text takes: colours take none.
    private static func visibleCount(_ text: String) -> Int {
        var count = 0
        var isColor = false
        for character in text {
            if character == "\u{1B}" { isColor = true }
            if !isColor { count += 1 }
            if isColor, character == "m" { isColor = false }
        }
        return count
    }

    private func bold(_ text: String) -> String { self.isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private func dim(_ text: String) -> String { self.isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
