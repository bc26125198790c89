import IMAPProtocol

/// Why a line does not describe a misbehaviour.
public enum MisbehaviourError: Error, Sendable, Hashable {
    /// There is no colon between the occasion and the effect.
    case missingColon
    case badOccurrence(String)
    case unknownEffect(String)
    /// The effect needs an argument of another kind.
    case badArgument(effect: String, argument: String)
}

extension Misbehaviour {
    /// Reads `occasion: effect argument`.
    ///
    ///     greeting: drop-answer
    ///     NOOP: stray-answer x42
    ///     UID FETCH#2: literal-size -3
    ///     *: bare-lf
    ///     SELECT: answer NO [SERVERBUG] no luck
    ///     CHECK: raw * 3 EXISTS\r\nzz OK\r\n
    ///
    /// `#n` picks the n-th command of that name. Octets may be written `\r`, `\n`, `\\` and `\xNN`.
    public init(parsing line: String) throws(MisbehaviourError) {
        guard let colon = line.firstIndex(of: ":") else { throw .missingColon }
        let occasion = try Self.occasion(line[..<colon])
        let words = line[line.index(after: colon)...].drop { $0 == " " }
        let name = words.prefix { $0 != " " }
        let effect = try Self.effect(String(name), String(words.dropFirst(name.count + 1)))
        self.init(occasion, effect)
    }

    private static func occasion(_ text: Substring) throws(MisbehaviourError) -> Occasion {
        if text.lowercased() == "greeting" { return .greeting }
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return .command(text.uppercased(), occurrence: nil) }
        guard parts.count == 2, let number = Int(parts[1]), number > 0 else { throw .badOccurrence(String(text)) }
        return .command(parts[0].uppercased(), occurrence: number)
    }

    private static func effect(_ name: String, _ argument: String) throws(MisbehaviourError) -> Effect {
        switch name {
        case "wrong-tag" where !argument.isEmpty: return .wrongTag(argument)
        case "stray-answer" where !argument.isEmpty: return .strayAnswer(tag: argument)
        case "answer-twice": return .answerTwice
        case "drop-answer": return .dropAnswer
        case "garbage": return .garbage(try self.octets(argument, of: name))
        case "literal-size":
            guard let difference = Int(argument) else { throw .badArgument(effect: name, argument: argument) }
            return .literalSize(difference)
        case "bare-lf": return .bareLF
        case "close-in-literal": return .closeInLiteral
        case "untagged" where !argument.isEmpty: return .untagged(argument)
        case "answer": return try self.answer(argument)
        case "refuse-literal": return .refuseLiteral
        case "answer-before-literal": return .answerBeforeLiteral
        case "echo-password": return .echoPassword
        case "continuation": return .continuation
        case "bye": return .bye
        case "raw": return .raw(try self.octets(argument, of: name))
        case "wrong-tag", "stray-answer", "untagged": throw .badArgument(effect: name, argument: argument)
        default: throw .unknownEffect(name)
        }
    }

    /// `NO [CODE] text`
    private static func answer(_ argument: String) throws(MisbehaviourError) -> Effect {
        let word = argument.prefix { $0 != " " }
        guard let status = [Status.ok, .no, .bad].first(where: { $0.name == word.uppercased() }) else {
            throw .badArgument(effect: "answer", argument: argument)
        }
        var text = argument.dropFirst(word.count + 1)
        var code: String?
        if text.first == "[", let close = text.firstIndex(of: "]") {
            code = String(text[text.index(after: text.startIndex)..<close])
            text = text[text.index(after: close)...].drop { $0 == " " }
        }
        return .answer(status, code: code, text: text.isEmpty ? "As the script says" : String(text))
    }

    private static func octets(_ text: String, of effect: String) throws(MisbehaviourError) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "\\") else {
                result.append(octet)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else {
                    throw .badArgument(effect: effect, argument: text)
                }
                result.append(value)
                rest = rest.dropFirst(2)
            default: throw .badArgument(effect: effect, argument: text)
            }
        }
        return result
    }
}
