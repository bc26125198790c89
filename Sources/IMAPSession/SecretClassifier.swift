public import IMAPProtocol
public import IMAPWire
public import Traffic

/// Finds what must not be shown in a message, by grammar.
public enum SecretClassifier {
    /// What LOGIN carries (RFC 3501 section 6.2.3).
    public struct Login: Sendable {
        public var user: [UInt8]
        public var password: Secret?
    }

    /// What a client command hides.
    public struct Result: Sendable {
        public var ranges: [SecretRange] = []
        /// Values that must be masked wherever they reappear.
        public var values: [Secret] = []
        public var login: Login?

        static let nothing = Result()
    }

    /// Classifies a command of the client.
    ///
    /// - Parameter authenticated: before the login, a line that is no known command may be a misdirected credential (a
    ///   SASL line after a refusal, `login joe secret` without a tag, the octets of a refused literal), so it is
    ///   masked whole.
    public static func secrets(
        in text: RawSpan,
        head: CommandHead?,
        authenticated: Bool,
        tokenizer: inout Tokenizer
    ) -> Result {
        let end = self.contentEnd(text)
        guard let head else { return authenticated ? .nothing : self.whole(text, from: 0, to: end) }
        switch head.command {
        case .login:
            return self.login(text, from: head.arguments, to: end, tokenizer: &tokenizer)
        case .authenticate:
            return self.initialResponse(text, from: head.arguments, to: end, tokenizer: &tokenizer)
        case .urlfetch, .genurlauth, .resetkey, .append:
            let ranges = self.urlTokens(in: text, from: head.arguments, to: end)
            return Result(ranges: ranges, values: ranges.map { Secret(text.octets($0.range)) })
        case .xapplepushservice:
            return self.pushRegistration(text, from: head.arguments, to: end, tokenizer: &tokenizer)
        case .id, .setmetadata:
            return self.named(text, from: head.arguments, to: end, tokenizer: &tokenizer)
        case .setannotation:
            return self.annotated(text, from: head.arguments, to: end, tokenizer: &tokenizer)
        case .proxyauth, .some:
            return .nothing
        case nil:
            // A vendor's command to change a password, after the login: all that it carries.
            if authenticated, self.namesSecret(text, head.name) {
                return self.unknown(text, from: head.arguments, to: end, tokenizer: &tokenizer)
            }
            if text.matches(head.tag, "LOGIN") || text.matches(head.tag, "AUTHENTICATE") {
                return self.whole(text, from: head.tag.upperBound, to: end)
            }
            return authenticated ? .nothing : self.unknown(text, to: end, tokenizer: &tokenizer)
        }
    }

    /// A line that may be a misplaced credential: masked whole, and so is each of its words when it comes back.
    private static func unknown(
        _ text: RawSpan,
        from start: Int = 0,
        to end: Int,
        tokenizer: inout Tokenizer
    ) -> Result {
        var from = start
        while from < end, text[from] == 0x20 { from += 1 }
        var result = self.whole(text, from: from, to: end)
        tokenizer.reset(to: start)
        var words = 0
        while words < 8, let token = tokenizer.next(in: text), token.offset < end {
            guard token.isString, token.length > 0 else { continue }
            // The first word of a line is most likely a tag, which would be masked in every later message.
            if start > 0 || words > 0 { result.values.append(Secret(text.stringOctets(of: token))) }
            words += 1
        }
        return result
    }

    /// Classifies a line of the server: signed URLs carry bearer secrets (RFC 4467 section 7), and so do values whose name
    /// says it.
    public static func secrets(in text: RawSpan, response: Response?) -> [SecretRange] {
        switch response {
        case .id, .metadata:
            var tokenizer = Tokenizer(literalPrefix: WireLimits.standard.literalPrefix)
            return self.named(text, from: 0, to: self.contentEnd(text), tokenizer: &tokenizer).ranges
        case .annotation:
            var tokenizer = Tokenizer(literalPrefix: WireLimits.standard.literalPrefix)
            return self.annotated(text, from: 0, to: self.contentEnd(text), tokenizer: &tokenizer).ranges
        case .genurlauth, .urlfetch, .ok, .no, .bad, .bye:
            return self.urlTokens(in: text, from: 0, to: self.contentEnd(text))
        case .xapplepushservice, .some, nil: return []
        }
    }

    private static func whole(_ text: RawSpan, from start: Int, to end: Int) -> Result {
        guard start < end else { return .nothing }
        return Result(
            ranges: [SecretRange(start..<end, showsLength: false)],
            values: [Secret(text.octets(start..<end))]
        )
    }

    private static func login(
        _ text: RawSpan,
        from start: Int,
        to end: Int,
        tokenizer: inout Tokenizer
    ) -> Result {
        tokenizer.reset(to: start)
        guard let user = tokenizer.next(in: text), user.isString else { return self.whole(text, from: start, to: end) }
        let userEnd = tokenizer.position
        guard let password = tokenizer.next(in: text), password.kind != .lineEnd else {
            return Result(login: Login(user: text.stringOctets(of: user), password: nil))
        }
        // From the password's first octet to the end of the command, whatever stands there: a password with a space in
        // it, sent unquoted, is two tokens. Only the closing quote of a whole quoted string stays to be seen.
        let isQuoted = password.kind == .quoted || password.kind == .unterminatedQuoted
        let from = isQuoted ? password.offset : max(userEnd, password.offset)
        let isWhole = password.kind == .quoted && password.range.upperBound + 1 == end
        let upTo = isWhole ? password.range.upperBound : end
        let value = text.stringOctets(of: password)
        var result = self.whole(text, from: from, to: upTo)
        if password.isString, !value.isEmpty {
            let secret = Secret(value)
            result.values.append(secret)
            result.login = Login(user: text.stringOctets(of: user), password: secret)
        } else {
            result.login = Login(user: text.stringOctets(of: user), password: nil)
        }
        return result
    }

    /// `AUTHENTICATE mechanism initial-response` (RFC 4959): all after the mechanism.
    private static func initialResponse(
        _ text: RawSpan,
        from start: Int,
        to end: Int,
        tokenizer: inout Tokenizer
    ) -> Result {
        tokenizer.reset(to: start)
        guard let mechanism = tokenizer.next(in: text), mechanism.kind == .atom, mechanism.length <= 20 else {
            return self.whole(text, from: start, to: end)
        }
        var from = mechanism.range.upperBound
        while from < end, text[from] == 0x20 { from += 1 }
        guard from < end else { return .nothing }
        return Result(ranges: [SecretRange(from..<end, showsLength: false)], values: [Secret(text.octets(from..<end))])
    }

    /// The token of an authorized URL (RFC 4467 section 4): `;URLAUTH=access:mechanism:token`, whatever the mechanism; and
    /// behind `:INTERNAL:` also where the URL stands otherwise.
    private static func urlTokens(in text: RawSpan, from start: Int, to end: Int) -> [SecretRange] {
        var ranges: [SecretRange] = []
        var index = start
        while index < end {
            guard text[index] == UInt8(ascii: ";") || text[index] == UInt8(ascii: ":"),
                let first = self.urlToken(in: text, at: index, to: end)
            else {
                index += 1
                continue
            }
            var last = first
            while last < end, text[last].isOfURLToken { last += 1 }
            if last > first { ranges.append(SecretRange(first..<last, showsLength: true)) }
            index = max(last, index + 1)
        }
        return ranges
    }

    /// Where the token begins of which `index` is the introduction.
    private static func urlToken(in text: RawSpan, at index: Int, to end: Int) -> Int? {
        if index + 10 < end, text.matches(index..<(index + 10), ":INTERNAL:") { return index + 10 }
        guard index + 9 < end, text.matches(index..<(index + 9), ";URLAUTH=") else { return nil }
        var colons = 0
        for place in (index + 9)..<end {
            if text[place] == UInt8(ascii: ":") {
                colons += 1
                if colons == 2 { return place + 1 }
            } else if !text[place].isOfURLToken {
                return nil
            }
        }
        return nil
    }

    /// The values behind `aps-device-token` and `aps-account-id`.
    private static func pushRegistration(
        _ text: RawSpan,
        from start: Int,
        to end: Int,
        tokenizer: inout Tokenizer
    ) -> Result {
        var result = Result()
        tokenizer.reset(to: start)
        var hides = false
        while let token = tokenizer.next(in: text), token.kind != .lineEnd, token.offset < end {
            if hides, token.isString, token.length > 0 {
                result.ranges.append(SecretRange(token.range, showsLength: true))
                result.values.append(Secret(text.octets(token.range)))
            }
            hides = text.matches(token.range, "APS-DEVICE-TOKEN") || text.matches(token.range, "APS-ACCOUNT-ID")
        }
        return result
    }

    /// The values of an ID or METADATA list, names and values in turn, whose name is that of a secret: some clients send
    /// passwords and tokens so (RFC 2971 section 3.3 and RFC 5464 section 4.3 let them).
    private static func named(
        _ text: RawSpan,
        from start: Int,
        to end: Int,
        tokenizer: inout Tokenizer
    ) -> Result {
        var result = Result()
        tokenizer.reset(to: start)
        // What stands before the list is the mailbox.
        var place = 0
        var hides = false
        while let token = tokenizer.next(in: text), token.kind != .lineEnd, token.offset < end {
            if token.kind == .listOpen {
                place = 1
                continue
            }
            guard token.isString, place > 0 else { continue }
            let isName = place % 2 == 1
            place += 1
            if isName {
                hides = self.namesSecret(text, token.range)
            } else if hides, token.length > 0, !text.matches(token.range, "NIL") || token.kind != .atom {
                result.ranges.append(SecretRange(token.range, showsLength: false))
                result.values.append(Secret(text.stringOctets(of: token)))
            }
        }
        return result
    }

    /// Annotations in the form that came before METADATA: `mailbox entry ("value.priv" "…")`. The entry is what may be named
    /// after a secret.
    private static func annotated(
        _ text: RawSpan,
        from start: Int,
        to end: Int,
        tokenizer: inout Tokenizer
    ) -> Result {
        var result = Result()
        tokenizer.reset(to: start)
        var isInside = false
        var entryHides = false
        /// Names and values in turn.
        var place = 0
        while let token = tokenizer.next(in: text), token.kind != .lineEnd, token.offset < end {
            switch token.kind {
            case .listOpen: (isInside, place) = (true, 0)
            case .listClose: isInside = false
            case _ where !token.isString: continue
            case _ where !isInside: entryHides = self.namesSecret(text, token.range)
            default:
                place += 1
                guard place % 2 == 0, entryHides, token.length > 0 else { continue }
                result.ranges.append(SecretRange(token.range, showsLength: false))
                result.values.append(Secret(text.stringOctets(of: token)))
            }
        }
        return result
    }

    private static func namesSecret(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        range.contains { index in
            for word in self.secretNames where index + word.utf8CodeUnitCount <= range.upperBound {
                if text.matches(index..<(index + word.utf8CodeUnitCount), word) { return true }
            }
            return false
        }
    }

    private static let secretNames: [StaticString] = [
        "PASSW", "PASSPHRASE", "PASSCODE", "SECRET", "TOKEN", "PWD", "APIKEY", "API-KEY", "ACCESSKEY", "ACCESS-KEY",
        "PRIVATEKEY", "PRIVATE-KEY", "AUTHKEY", "AUTH-KEY", "CREDENTIAL", "BEARER", "AUTHORIZATION", "COOKIE",
    ]

    private static func contentEnd(_ text: RawSpan) -> Int { ResponseHead.contentEnd(text) }
}

extension Token {
    /// Whether the token can be an astring (RFC 3501 section 9), or is a damaged one.
    public var isString: Bool {
        switch self.kind {
        case .atom, .quoted, .literal, .unterminatedQuoted: true
        case .listOpen, .listClose, .section, .stray, .lineEnd: false
        }
    }
}

extension RawSpan {
    /// A copy of the octets of `range`.
    func octets(_ range: Range<Int>) -> [UInt8] {
        self.extracting(range).withUnsafeBytes { Array($0) }
    }

    /// The value of a string token: quoted strings without their escapes.
    public func stringOctets(of token: Token) -> [UInt8] {
        guard token.kind == .quoted || token.kind == .unterminatedQuoted else { return self.octets(token.range) }
        var value: [UInt8] = []
        value.reserveCapacity(token.length)
        var index = token.offset
        let end = token.range.upperBound
        while index < end {
            if self[index] == UInt8(ascii: "\\"), index + 1 < end,
                self[index + 1] == UInt8(ascii: "\\") || self[index + 1] == UInt8(ascii: "\"")
            {
                index += 1
            }
            value.append(self[index])
            index += 1
        }
        return value
    }
}

extension UInt8 {
    /// What can stand in the token of an authorized URL, its access and its mechanism (RFC 3986 section 2, without the colon).
    fileprivate var isOfURLToken: Bool {
        switch self {
        case 0x21, 0x24...0x27, 0x2A...0x39, 0x3D, 0x40...0x5A, 0x5F, 0x61...0x7A, 0x7E: true
        default: false
        }
    }

    var isHexadecimal: Bool { self &- 0x30 < 10 || (self | 0x20) &- 0x61 < 6 }
}
