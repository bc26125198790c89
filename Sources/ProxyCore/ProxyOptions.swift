public import IMAPProtocol
public import IMAPSession

/// What one proxied connection is allowed to change, and for how long it may wait.
public struct ProxyOptions: Sendable {
    public var session: SessionOptions
    public var client: ClientLeg
    public var upstream: UpstreamLeg
    /// The file with the CA certificate that mail clients have to trust; named where one does not.
    public var authorityFile: String?
    /// The file with the user's own certificate for mail clients, where it is used instead of minted ones.
    public var certificateFile: String?
    public var capabilityEdits: [CapabilityEdit]
    public var refusedCommands: [RefusedCommand]
    /// The most octets of one message that wait for their end; a longer message passes untouched, with a finding.
    public var heldOctets: Int
    /// Makes the rules that may change what the peers of one connection send; nil, or none: there are none.
    public var wireRules: (@Sendable (SessionDescription) -> (any WireRuleSource)?)?
    /// The most octets of one message that wait for a rule.
    public var holdLimit: Int
    /// What becomes of a longer one that a rule may apply to.
    public var onLimit: HoldOverflow
    /// Whether a rule that fails ends the connection.
    public var failClosed: Bool
    /// Seconds that a person has to decide about a message; 0: no limit.
    public var breakTimeout: Int
    /// Seconds for all upstream addresses together.
    public var connectTimeout: Int
    /// Seconds for a TLS handshake, and for everything that comes before TLS on the upstream leg.
    public var handshakeTimeout: Int
    /// Seconds until the login is over; 0: no limit.
    public var loginTimeout: Int
    /// Seconds that a stopping proxy gives its sessions.
    public var drainTimeout: Int

    public init(
        session: SessionOptions = SessionOptions(),
        client: ClientLeg = .cleartext,
        upstream: UpstreamLeg = .cleartext,
        authorityFile: String? = nil,
        capabilityEdits: [CapabilityEdit] = [],
        refusedCommands: [RefusedCommand] = [],
        heldOctets: Int = 65_536,
        wireRules: (@Sendable (SessionDescription) -> (any WireRuleSource)?)? = nil,
        holdLimit: Int = 1 << 20,
        onLimit: HoldOverflow = .pass,
        failClosed: Bool = false,
        breakTimeout: Int = 60,
        connectTimeout: Int = 30,
        handshakeTimeout: Int = 30,
        loginTimeout: Int = 300,
        drainTimeout: Int = 5
    ) {
        self.session = session
        self.client = client
        self.upstream = upstream
        self.authorityFile = authorityFile
        self.capabilityEdits = capabilityEdits
        self.refusedCommands = refusedCommands
        self.heldOctets = heldOctets
        self.wireRules = wireRules
        self.holdLimit = holdLimit
        self.onLimit = onLimit
        self.failClosed = failClosed
        self.breakTimeout = breakTimeout
        self.connectTimeout = connectTimeout
        self.handshakeTimeout = handshakeTimeout
        self.loginTimeout = loginTimeout
        self.drainTimeout = drainTimeout
    }

    /// Whether anything here can change octets.
    public var canEdit: Bool {
        self.client != .cleartext || self.upstream != .cleartext || !self.capabilityEdits.isEmpty
            || !self.refusedCommands.isEmpty || self.wireRules != nil
    }

    /// What `--starttls never` asks for: STARTTLS is in no list, and the command is answered here.
    public mutating func neverOfferSTARTTLS() {
        self.client = .starttls(.never)
    }
}

/// A command that never reaches the server: imapscope answers it.
public struct RefusedCommand: Sendable {
    public var command: Command
    /// What follows the status word.
    public var text: String
    /// The option or rule that asks for it.
    public var cause: String
    /// BAD or NO.
    public var status: Status

    public init(command: Command, text: String, cause: String, status: Status = .bad) {
        self.command = command
        self.text = text
        self.cause = cause
        self.status = status
    }
}
