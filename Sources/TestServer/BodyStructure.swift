/// Writes BODY and BODYSTRUCTURE (RFC 3501 section 7.4.2).
struct BodyStructure {
    /// BODYSTRUCTURE has extension data, BODY has none.
    let isExtended: Bool

    func line(_ part: MIMEPart) -> OutputLine {
        var line = OutputLine("(")
        if case .multipart(let parts) = part.content {
            for part in parts { line.append(self.line(part)) }
            line.append(" ")
            line.append(string: Array(part.subtype.utf8))
            if self.isExtended {
                line.append(" ")
                self.append(part.parameters, to: &line)
                self.appendDisposition(part, to: &line)
            }
        } else {
            self.appendSingle(part, to: &line)
        }
        line.append(")")
        return line
    }

    private func appendSingle(_ part: MIMEPart, to line: inout OutputLine) {
        line.append(string: Array(part.type.utf8))
        line.append(" ")
        line.append(string: Array(part.subtype.utf8))
        line.append(" ")
        self.append(part.parameters, to: &line)
        line.append(" ")
        line.append(nstring: part.text.first("content-id"))
        line.append(" ")
        line.append(nstring: part.text.first("content-description"))
        line.append(" ")
        line.append(string: part.text.first("content-transfer-encoding") ?? Array("7bit".utf8))
        line.append(" \(part.text.body.count)")
        let octets = part.text.octets[part.text.body]
        let lines = octets.count { $0 == UInt8(ascii: "\n") } + (octets.isEmpty || octets.last == 0x0A ? 0 : 1)
        if case .message(let message) = part.content {
            line.append(" ")
            line.append(Envelope(message.text).line)
            line.append(" ")
            line.append(self.line(message))
            line.append(" \(lines)")
        } else if part.type == "text" {
            line.append(" \(lines)")
        }
        if self.isExtended {
            line.append(" ")
            line.append(nstring: part.text.first("content-md5"))
            self.appendDisposition(part, to: &line)
        }
    }

    /// Disposition, language and location.
    private func appendDisposition(_ part: MIMEPart, to line: inout OutputLine) {
        line.append(" ")
        if let text = part.text.first("content-disposition") {
            let field = ContentField(parsing: text)
            line.append("(")
            line.append(string: field.value)
            line.append(" ")
            self.append(field.parameters, to: &line)
            line.append(")")
        } else {
            line.append("NIL")
        }
        line.append(" ")
        line.append(nstring: part.text.first("content-language"))
        line.append(" ")
        line.append(nstring: part.text.first("content-location"))
    }

    private func append(_ parameters: [(name: [UInt8], value: [UInt8])], to line: inout OutputLine) {
        guard !parameters.isEmpty else { return line.append("NIL") }
        line.append("(")
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { line.append(" ") }
            line.append(string: parameter.name)
            line.append(" ")
            line.append(string: parameter.value)
        }
        line.append(")")
    }
}
