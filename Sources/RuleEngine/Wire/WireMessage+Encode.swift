import IMAPWire
import Traffic

extension WireMessage {
    /// A value in the form of the one it replaces, or in another where it does not fit.
    ///
    /// A literal keeps its kind. A command gets no literal that it did not have: a synchronizing one asks for another round
    /// trip, the other kind for an extension (RFC 3501 section 4.3, RFC 7888).
    func encoded(_ value: [UInt8], like form: Value.Form) throws(WireProblem) -> [UInt8] {
        if case .literal(let form) = form { return try self.literal(value, form) }
        guard !value.contains(0) else { throw WireProblem("only a literal can hold a NUL") }
        let isText = !value.contains { $0 == 0x0D || $0 == 0x0A || $0 >= 0x80 }
        if form == .atom, Self.isAtom(value) { return value }
        if isText { return Self.quoted(value) }
        guard self.direction == .server else {
            throw WireProblem("the value needs a literal, which the client did not send")
        }
        return try self.literal(value, LiteralForm())
    }

    func literal(_ value: [UInt8], _ form: LiteralForm) throws(WireProblem) -> [UInt8] {
        if value.contains(0), !form.binary { throw WireProblem("only a literal8 can hold a NUL") }
        if form.nonSynchronizing, value.count > Self.nonSynchronizingLimit {
            throw WireProblem("more than 4,096 octets in a non-synchronizing literal")
        }
        return Self.announcement(value.count, form) + value
    }

    /// RFC 7888 section 5: a server with LITERAL- takes no more than this without being asked.
    static let nonSynchronizingLimit = 4096

    static func announcement(_ size: Int, _ form: LiteralForm) -> [UInt8] {
        Array("\(form.binary ? "~" : ""){\(size)\(form.nonSynchronizing ? "+" : "")}\r\n".utf8)
    }

    static func quoted(_ value: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x22]
        for octet in value {
            if octet == 0x22 || octet == 0x5C { result.append(0x5C) }
            result.append(octet)
        }
        return result + [0x22]
    }

    /// RFC 3501 section 9, ASTRING-CHAR.
    static func isAtom(_ value: [UInt8]) -> Bool {
        !value.isEmpty
            && value.allSatisfy { octet in
                octet > 0x20 && octet < 0x7F && !"(){%*\"\\".utf8.contains(octet)
            }
    }
}
