public import IMAPProtocol
public import IMAPSession

/// What one proxied connection is allowed to change, and for how long it may wait.
public struct ProxyOptions: Sendable {
    public var session: SessionOptions
    public var capabilityEdits: [CapabilityEdit]
    public var refusedCommands: [RefusedCommand]
    /// The most octets of one message that wait for their end; a longer message passes untouched, with a finding.
    public var heldOctets: Int
    /// Seconds for all upstream addresses together.
    public var connectTimeout: Int
    /// Seconds that a stopping proxy gives its sessions.
    public var drainTimeout: Int

    public init(
        session: SessionOptions = SessionOptions(),
        capabilityEdits: [CapabilityEdit] = [],
        refusedCommands: [RefusedCommand] = [],
        heldOctets: Int = 65_536,
        connectTimeout: Int = 30,
        drainTimeout: Int = 5
    ) {
        self.session = session
        self.capabilityEdits = capabilityEdits
        self.refusedCommands = refusedCommands
        self.heldOctets = heldOctets
        self.connectTimeout = connectTimeout
        self.drainTimeout = drainTimeout
    }

    /// Whether anything here can change octets.
    public var canEdit: Bool { !self.capabilityEdits.isEmpty || !self.refusedCommands.isEmpty }

    /// What `--starttls never` asks for: STARTTLS is in no list, and the command is answered here.
    public mutating func neverOfferSTARTTLS() {
        let cause = "--starttls never"
        self.capabilityEdits.append(CapabilityEdit(cause: cause, removing: ["STARTTLS"]))
        self.refusedCommands.append(
            RefusedCommand(command: .starttls, text: "imapscope: STARTTLS is not offered here", cause: cause)
        )
    }
}

/// A command without literals that never reaches the server: imapscope answers it with BAD.
public struct RefusedCommand: Sendable {
    public var command: Command
    /// What follows `tag BAD `.
    public var text: String
    /// The option or rule that asks for it.
    public var cause: String

    public init(command: Command, text: String, cause: String) {
        self.command = command
        self.text = text
        self.cause = cause
    }
}
