import IMAPProtocol
public import IMAPSession
public import SASL

/// Something that has just happened in a session.
public enum Moment {
    case began(SessionDescription)
    /// The first response of the server, whatever it is.
    case greeting(Message)
    case command(Message)
    /// A line of an AUTHENTICATE exchange; the initial response comes with its command.
    case sasl(Message, SASLStep)
    case continuation(Message)
    case untagged(Message)
    /// A line of the client that ends or cancels something, or that is no command.
    case clientLine(Message)
    /// A tagged response with the exchange that it completes.
    case completion(Message, Exchange?)
    case capabilities(CapabilityOffer)
    case authentication(AuthenticationAttempt)
    case tls(TLSChange)
    case transport(TransportChange)
    case edit(Edit)
    /// Something that the session or the proxy found.
    case finding(Finding)
    case gap(octets: UInt64)
    case opaque(octets: Int)
    case ended(SessionSummary)
}

/// A set of kinds of ``Moment``.
public struct Moments: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let began = Moments(rawValue: 1 << 0)
    public static let greeting = Moments(rawValue: 1 << 1)
    public static let command = Moments(rawValue: 1 << 2)
    public static let sasl = Moments(rawValue: 1 << 3)
    public static let continuation = Moments(rawValue: 1 << 4)
    /// Untagged responses while nobody is logged in.
    public static let earlyUntagged = Moments(rawValue: 1 << 5)
    /// Untagged responses after a login: frequent. Who wants these gets ``notice`` too.
    public static let untagged = Moments(rawValue: 1 << 6)
    public static let clientLine = Moments(rawValue: 1 << 7)
    public static let completion = Moments(rawValue: 1 << 8)
    public static let capabilities = Moments(rawValue: 1 << 9)
    public static let authentication = Moments(rawValue: 1 << 10)
    public static let tls = Moments(rawValue: 1 << 11)
    public static let transport = Moments(rawValue: 1 << 12)
    public static let edit = Moments(rawValue: 1 << 13)
    public static let finding = Moments(rawValue: 1 << 14)
    public static let gap = Moments(rawValue: 1 << 15)
    public static let opaque = Moments(rawValue: 1 << 16)
    public static let ended = Moments(rawValue: 1 << 17)
    /// Of the untagged responses after a login those that tell people something, and are rare: status responses and names of
    /// mailboxes.
    public static let notice = Moments(rawValue: 1 << 18)

    static let count = 19

    /// Position of the only kind in it.
    var index: Int { self.rawValue.trailingZeroBitCount }
}

extension Moment {
    /// - Parameter isEarly: whether nobody is logged in.
    func kind(isEarly: Bool) -> Moments {
        switch self {
        case .began: .began
        case .greeting: .greeting
        case .command: .command
        case .sasl: .sasl
        case .continuation: .continuation
        case .untagged(let message): isEarly ? .earlyUntagged : message.isNotice ? .notice : .untagged
        case .clientLine: .clientLine
        case .completion: .completion
        case .capabilities: .capabilities
        case .authentication: .authentication
        case .tls: .tls
        case .transport: .transport
        case .edit: .edit
        case .finding: .finding
        case .gap: .gap
        case .opaque: .opaque
        case .ended: .ended
        }
    }
}

extension Message {
    /// An untagged response that is for people: ``Moments/notice``.
    var isNotice: Bool {
        switch self.response {
        case .ok, .no, .bad, .bye, .list, .lsub, .xlist, .status: true
        default: false
        }
    }
}
