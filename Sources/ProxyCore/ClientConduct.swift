import IMAPProtocol
import IMAPSession
import Traffic

/// What a client makes of an attack that rules play on it: judged by what it sends afterwards, and told as findings.
///
/// A client that was kept from TLS must not go on in the clear (RFC 8314 section 3; RFC 9051 section 11.3), and what was
/// said before TLS must be forgotten when TLS begins (RFC 9051 section 6.2.1). What a client shows to its user, or does on
/// another connection, cannot be seen from here.
struct ClientConduct {
    private enum Judgement {
        case open
        case given
    }

    /// The rule that kept the client from TLS.
    private var withholdingRule: String?
    private var cleartext = Judgement.open
    /// The rule that said something in the server's place before TLS.
    private var injectingRule: String?
    private var injection = Judgement.open
    /// Whether TLS began behind an injection, and the client has said nothing since.
    private var awaitsFirstCommand = false
    /// Names that only the injected lines hold, in capitals: a client that says one has it from there.
    private var injectedWords: [[UInt8]] = []
    private(set) var isTLS: Bool

    init(isTLS: Bool) {
        self.isTLS = isTLS
    }

    /// Whether there is nothing to judge: the usual case.
    var isIdle: Bool { self.withholdingRule == nil && self.injectingRule == nil }

    // MARK: - What was done to the client

    /// A rule took STARTTLS out of a list, refused it, or greeted with PREAUTH.
    mutating func withheldTLS(_ rule: String) {
        guard !self.isTLS, self.withholdingRule == nil else { return }
        self.withholdingRule = rule
    }

    /// A rule said lines of its own before TLS.
    mutating func injected(_ octets: [UInt8], _ rule: String) {
        guard !self.isTLS else { return }
        if self.injectingRule == nil { self.injectingRule = rule }
        for word in Self.names(in: octets) where self.injectedWords.count < 64 && !self.injectedWords.contains(word) {
            self.injectedWords.append(word)
        }
    }

    mutating func tlsBegan() {
        self.isTLS = true
        self.withholdingRule = nil
        self.awaitsFirstCommand = self.injectingRule != nil
    }

    // MARK: - What the client does

    /// Judges a message of the client.
    mutating func judge(_ message: Message, _ text: RawSpan) -> [Finding] {
        var findings: [Finding] = []
        if let rule = self.injectingRule, self.injection == .open, self.repeatsInjection(text) {
            self.injection = .given
            findings.append(
                Self.finding(
                    "client-used-injected-data",
                    .high,
                    message.offset,
                    "the client says a name that only the lines of the rule “\(rule)” held: it believes what came before TLS"
                )
            )
        }
        guard message.kind == .command else { return findings }
        if let rule = self.injectingRule, self.awaitsFirstCommand {
            self.awaitsFirstCommand = false
            let asks = message.command == .capability || message.command == .logout || message.command == .noop
            findings.append(
                asks
                    ? Self.finding(
                        "client-forgot-injected-data",
                        .info,
                        message.offset,
                        "sound: after TLS began the client asks anew, and does not use what the rule “\(rule)” said before it"
                    )
                    : Self.finding(
                        "client-kept-data-from-before-tls",
                        .medium,
                        message.offset,
                        "the client goes on under TLS without asking for the capabilities again: what it knows of them "
                            + "was said before TLS, where the rule “\(rule)” could say anything"
                    )
            )
        }
        if let rule = self.withholdingRule, self.cleartext == .open, Self.matters(message.command) {
            self.cleartext = .given
            let what =
                message.command == .login || message.command == .authenticate
                ? "sends its credentials in the clear" : "goes on in the clear"
            findings.append(
                Self.finding(
                    "client-went-on-in-cleartext",
                    .high,
                    message.offset,
                    "the client \(what), although the rule “\(rule)” kept it from TLS: anybody on the way can do the same"
                )
            )
        }
        return findings
    }

    /// The client's stream is over.
    mutating func ended(at offset: UInt64) -> [Finding] {
        guard let rule = self.withholdingRule, self.cleartext == .open else { return [] }
        self.cleartext = .given
        return [
            Self.finding(
                "client-insisted-on-tls",
                .info,
                offset,
                "sound: kept from TLS by the rule “\(rule)”, the client ended the session and sent nothing that matters"
            )
        ]
    }

    /// Commands that say nothing worth hiding may come before TLS.
    private static func matters(_ command: Command?) -> Bool {
        switch command {
        case .capability, .noop, .logout, .starttls, .id: false
        default: true
        }
    }

    private static func finding(_ id: String, _ severity: Severity, _ offset: UInt64, _ text: String) -> Finding {
        Finding(
            id: id,
            severity: severity,
            blame: .client,
            direction: .client,
            offset: offset,
            text: text,
            reference: "RFC 9051 section 6.2.1",
            leg: .client
        )
    }

    // MARK: - Names

    /// What a name in an injected line begins with to be told from everything that servers say.
    private static let mark = Array("INJECTED-".utf8)

    /// Marked names, in capitals.
    private static func names(in octets: [UInt8]) -> [[UInt8]] {
        var names: [[UInt8]] = []
        var word: [UInt8] = []
        for octet in octets + [UInt8(ascii: " ")] {
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(octet - 0x20)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                word.append(octet)
            default:
                if word.starts(with: Self.mark) { names.append(word) }
                word = []
            }
        }
        return names
    }

    private func repeatsInjection(_ text: RawSpan) -> Bool {
        text.withUnsafeBytes { octets in
            self.injectedWords.contains { word in
                guard octets.count >= word.count else { return false }
                return (0...(octets.count - word.count)).contains { start in
                    word.indices.allSatisfy { octets[start + $0] == word[$0] || octets[start + $0] == word[$0] | 0x20 }
                }
            }
        }
    }
}
