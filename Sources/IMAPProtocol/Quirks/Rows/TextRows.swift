import Traffic

/// Texts that name the software and mean more than they say.
extension Quirk {
    /// A quirk that is recognised by a text in a status response.
    struct TextMark: Sendable {
        var text: StaticString
        var quirk: Quirk
    }

    static let textMarks: [TextMark] = [
        TextMark(
            text: "User is authenticated but not connected",
            quirk: text(
                "authenticated-not-connected",
                "the login succeeded but the mailbox cannot be reached: every command will be refused",
                knownFor: ["Exchange", "Office 365"],
                sources: ["MailKit#1494", "imapsync#411"]
            )
        ),
        TextMark(
            text: "Command Argument Error.",
            quirk: text(
                "argument-error",
                "the server did not like the arguments; its number does not tell which",
                knownFor: ["Exchange"],
                sources: ["imapsync#239"]
            )
        ),
        TextMark(
            text: "Request is throttled.",
            quirk: text(
                "throttled-request",
                "the server limits the rate of this account and names the time to wait",
                knownFor: ["Office 365"],
                sources: ["email-oauth2-proxy#191"]
            )
        ),
        TextMark(
            text: "command or bandwidth limits",
            quirk: text(
                "bandwidth-limit",
                "the account is locked for a time because it loaded too much",
                knownFor: ["Gmail"],
                sources: ["ha-email-sensor#16"]
            )
        ),
        TextMark(
            text: "Too many simultaneous connections",
            quirk: text(
                "too-many-connections",
                "the account has too many connections open",
                knownFor: ["Gmail"],
                sources: ["MailKit#377", "wildduck#35"]
            )
        ),
        TextMark(
            text: "Application-specific password required",
            quirk: text(
                "application-password-required",
                "the account wants an application password in place of the user's own",
                knownFor: ["Gmail"],
                sources: ["mutt-wizard#831", "imapsync#175"]
            )
        ),
        TextMark(
            text: "Unsafe Login",
            quirk: text(
                "identification-required",
                "the server opens no mailbox before the client has sent ID",
                knownFor: ["163.com", "126.com", "yeah.net"],
                sources: ["himalaya#651", "imapclient#544", "imap-backup#217"]
            )
        ),
        TextMark(
            text: "Server error while fetching messages",
            quirk: text(
                "fetch-throttled",
                "the server gave up on the download; trying again later works",
                knownFor: ["Yahoo"],
                sources: ["imapsync#119", "imap-backup#218"]
            )
        ),
        TextMark(
            text: "Filesystem notification initialization error",
            quirk: text(
                "notification-broken",
                "the server cannot watch its files: IDLE will not tell of new messages at once",
                knownFor: ["Courier"],
                sources: ["docker_smtp#3"]
            )
        ),
        TextMark(
            text: "Too many invalid IMAP commands",
            quirk: text(
                "too-many-errors",
                "the server hangs up because too many commands were wrong",
                knownFor: ["Dovecot"],
                sources: ["Dovecot imap-client.c"]
            )
        ),
        TextMark(
            text: "Waiting for authentication process",
            quirk: text(
                "waiting-for-authentication",
                "the server's authentication service is slow to answer",
                knownFor: ["Dovecot"],
                sources: ["Dovecot login-common"]
            )
        ),
        TextMark(
            text: "Expected DONE",
            quirk: text(
                "expected-done",
                "the client sent something other than DONE during IDLE",
                knownFor: ["Dovecot"],
                sources: ["Dovecot cmd-idle.c"]
            )
        ),
    ]

    private static func text(_ id: String, _ name: String, knownFor: [String], sources: [String]) -> Quirk {
        Quirk(
            id,
            .server,
            .identity,
            name,
            meaning: "the status counts; the text says why",
            knownFor: knownFor,
            reference: "RFC 9051 section 7.1",
            sources: sources
        )
    }

    static let textSearch = WordSearch(textMarks.map(\.text))
    static let textRows: [Quirk] = textMarks.map(\.quirk)
}
