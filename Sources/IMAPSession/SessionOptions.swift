public import Deflate
public import IMAPWire
public import SASL

/// What a session is allowed to keep and what it can check with.
public struct SessionOptions: Sendable {
    public var limits: WireLimits
    /// The passwords to verify proofs with.
    public var passwords: PasswordFile?
    /// How much work the verification of proofs may cost: the peers choose how often a password is hashed.
    public var verification: VerificationBudget
    /// The most client octets kept while the server decides what they mean.
    public var heldOctets: Int
    /// The most commands in progress that are followed; further ones are shown, not paired.
    public var outstandingExchanges: Int
    /// Whether octets of long literals are reported while they pass.
    public var reportsLiterals: Bool
    /// Whether imapscope answers the client's STARTTLS: the server never sees it, and the streams stay IMAP behind it.
    public var answersSTARTTLS: Bool
    /// Whether named quirks are looked for: nothing but notes comes of it.
    public var recognisesQuirks: Bool
    /// Whether the octets are on their way from one peer to the other, not read from a file.
    public var isRelayed: Bool
    /// How much a compressed stream may make of how much.
    public var inflate: InflateLimits
    /// Whether every message is read by the grammar, so that one that does not follow it carries a finding. On lines full
    /// of tokens it costs several times what all else in a session does, so it is on only when somebody reads findings.
    public var checksSyntax: Bool

    /// Computes verdicts that take long beside the session. Only for those who settle outcomes before anybody sees them
    /// (``AuthenticationOutcome/settle()``); nil computes in place.
    public var verifier: (any VerificationExecutor)?
    /// Marks secrets, so that audits recognise one that is sent twice; nil marks none.
    public var secretMarker: SecretMarker?
    /// The most runs of UIDs kept of the mailbox that is open (``UIDMap``).
    public var mailboxRuns: Int

    public init(
        limits: WireLimits = .standard,
        passwords: PasswordFile? = nil,
        verification: VerificationBudget = VerificationBudget(),
        heldOctets: Int = 1 << 18,
        outstandingExchanges: Int = 1024,
        reportsLiterals: Bool = false,
        answersSTARTTLS: Bool = false,
        recognisesQuirks: Bool = true,
        isRelayed: Bool = false,
        inflate: InflateLimits = .standard,
        checksSyntax: Bool = false,
        mailboxRuns: Int = UIDMap.standardLimit
    ) {
        self.limits = limits
        self.passwords = passwords
        self.verification = verification
        self.heldOctets = heldOctets
        self.outstandingExchanges = outstandingExchanges
        self.reportsLiterals = reportsLiterals
        self.answersSTARTTLS = answersSTARTTLS
        self.recognisesQuirks = recognisesQuirks
        self.mailboxRuns = mailboxRuns
        self.isRelayed = isRelayed
        self.inflate = inflate
        self.checksSyntax = checksSyntax
    }
}
