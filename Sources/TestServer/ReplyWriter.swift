/// Puts a reply on the wire, well or as the script says.
struct ReplyWriter: Sendable {
    let effects: [Misbehaviour.Effect]

    /// The octets of `reply`, and whether the connection ends after them.
    func write(_ reply: Reply, tag: String) -> (octets: [UInt8], close: Bool) {
        let lineEnd: [UInt8] = self.effects.contains(.bareLF) ? [0x0A] : [0x0D, 0x0A]
        var result = self.preface(lineEnd)
        for effect in self.effects {
            switch effect {
            case .raw(let octets): return (result + octets, reply.closes)
            case .bye: return (result + Array("* BYE The script says so".utf8) + lineEnd, true)
            default: break
            }
        }
        let error = self.effects.reduce(0) { sum, effect in
            if case .literalSize(let difference) = effect { sum + difference } else { sum }
        }
        for line in reply.lines {
            let octets = line.octets(lineEnd: lineEnd, literalSizeError: error)
            if self.effects.contains(.closeInLiteral), let cut = Self.middleOfLiteral(line, lineEnd, error) {
                return (result + octets.prefix(cut), true)
            }
            result += octets
        }
        if !self.effects.contains(.dropAnswer) {
            let answer = reply.statusLine(tag: self.tag(tag)).octets(lineEnd: lineEnd, literalSizeError: 0)
            result += answer
            if self.effects.contains(.answerTwice) { result += answer }
        }
        return (result, reply.closes)
    }

    private func tag(_ tag: String) -> String {
        for case .wrongTag(let wrong) in self.effects { return wrong }
        return tag
    }

    /// What comes before the answer.
    private func preface(_ lineEnd: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for effect in self.effects {
            switch effect {
            case .garbage(let octets): result += octets
            case .continuation: result += Array("+ go on".utf8) + lineEnd
            case .untagged(let text): result += Array("* \(text)".utf8) + lineEnd
            case .strayAnswer(let tag): result += Array("\(tag) OK Nobody asked".utf8) + lineEnd
            default: break
            }
        }
        return result
    }

    /// How many octets of `line` end in the middle of its first literal.
    private static func middleOfLiteral(_ line: OutputLine, _ lineEnd: [UInt8], _ error: Int) -> Int? {
        var count = 0
        for piece in line.pieces {
            switch piece {
            case .text(let octets): count += octets.count
            case .literal(let octets):
                return count + "{\(max(octets.count + error, 0))}".utf8.count + lineEnd.count + octets.count / 2
            }
        }
        return nil
    }
}
