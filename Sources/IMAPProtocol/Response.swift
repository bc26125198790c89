/// An untagged response that some RFC or well-known server defines (RFC 3501 section 7 and extensions).
public enum Response: String, Sendable, Hashable, CaseIterable {
    case ok = "OK"
    case no = "NO"
    case bad = "BAD"
    case bye = "BYE"
    case preauth = "PREAUTH"
    case capability = "CAPABILITY"
    case enabled = "ENABLED"
    case id = "ID"
    case flags = "FLAGS"
    case exists = "EXISTS"
    case recent = "RECENT"
    case expunge = "EXPUNGE"
    case vanished = "VANISHED"
    case fetch = "FETCH"
    case uidfetch = "UIDFETCH"
    case list = "LIST"
    case lsub = "LSUB"
    case xlist = "XLIST"
    case status = "STATUS"
    case search = "SEARCH"
    case esearch = "ESEARCH"
    case sort = "SORT"
    case thread = "THREAD"
    case namespace = "NAMESPACE"
    case acl = "ACL"
    case listrights = "LISTRIGHTS"
    case myrights = "MYRIGHTS"
    case quota = "QUOTA"
    case quotaroot = "QUOTAROOT"
    case metadata = "METADATA"
    case annotation = "ANNOTATION"
    case language = "LANGUAGE"
    case comparator = "COMPARATOR"
    case conversion = "CONVERSION"
    case converted = "CONVERTED"
    case genurlauth = "GENURLAUTH"
    case urlfetch = "URLFETCH"
    case jmapaccess = "JMAPACCESS"
    case uidbatches = "UIDBATCHES"
    case xapplepushservice = "XAPPLEPUSHSERVICE"
    case noop = "NOOP"

    /// The response named by the octets of `range`, whatever their case; nil when it is not a known one.
    public init?(_ text: RawSpan, _ range: Range<Int>) {
        // The response that comes by the thousand needs no look-up.
        if let word = Word(text, range), word.packed == Self.fetchWord {
            self = .fetch
            return
        }
        guard let response = Self.table.keyword(text, range) else { return nil }
        self = response
    }

    private static let fetchWord: UInt64 = 0x46_45_54_43_48
    private static let table = KeywordTable(Self.allCases)

    /// The condition, for the five status responses.
    public var status: Status? {
        switch self {
        case .ok: .ok
        case .no: .no
        case .bad: .bad
        case .bye: .bye
        case .preauth: .preauth
        default: nil
        }
    }

    /// Whether `command` asks for this response, so that one that arrives while it runs is its answer.
    public func answers(_ command: Command) -> Bool {
        switch self {
        case .capability: [.capability, .login, .authenticate, .starttls].contains(command)
        case .enabled: command == .enable
        case .id: command == .id
        case .flags, .exists, .recent: [.select, .examine].contains(command)
        case .expunge, .vanished: [.expunge, .move, .replace, .uidbatches, .fetch, .select, .examine].contains(command)
        case .fetch, .uidfetch: [.fetch, .store].contains(command)
        case .list: [.list, .rlist, .xlist, .create, .rename].contains(command)
        case .lsub: [.lsub, .rlsub].contains(command)
        case .xlist: command == .xlist
        case .status: [.status, .list].contains(command)
        case .search: command == .search
        case .esearch: [.search, .esearch, .sort].contains(command)
        case .sort: command == .sort
        case .thread: command == .thread
        case .namespace: command == .namespace
        case .acl: command == .getacl
        case .listrights: command == .listrights
        case .myrights: [.myrights, .list].contains(command)
        case .quota: [.getquota, .getquotaroot, .setquota].contains(command)
        case .quotaroot: command == .getquotaroot
        case .metadata: [.getmetadata, .list].contains(command)
        case .annotation: command == .getannotation
        case .language: command == .language
        case .comparator: command == .comparator
        case .conversion: command == .conversions
        case .converted: command == .convert
        case .genurlauth: command == .genurlauth
        case .urlfetch: command == .urlfetch
        case .jmapaccess: command == .getjmapaccess
        case .uidbatches: command == .uidbatches
        case .xapplepushservice: command == .xapplepushservice
        case .bye: command == .logout
        case .ok, .no, .bad, .preauth, .noop: false
        }
    }
}
