/// A command that some RFC or well-known server defines. `UID x` is `x` with ``CommandLine/isUID`` set.
public enum Command: String, Sendable, Hashable, CaseIterable {
    case capability = "CAPABILITY"
    case noop = "NOOP"
    case logout = "LOGOUT"
    case starttls = "STARTTLS"
    case authenticate = "AUTHENTICATE"
    case login = "LOGIN"
    case unauthenticate = "UNAUTHENTICATE"
    case enable = "ENABLE"
    case id = "ID"
    case compress = "COMPRESS"
    case language = "LANGUAGE"
    case comparator = "COMPARATOR"
    case getjmapaccess = "GETJMAPACCESS"
    case xapplepushservice = "XAPPLEPUSHSERVICE"
    case proxyauth = "PROXYAUTH"
    case select = "SELECT"
    case examine = "EXAMINE"
    case create = "CREATE"
    case delete = "DELETE"
    case rename = "RENAME"
    case subscribe = "SUBSCRIBE"
    case unsubscribe = "UNSUBSCRIBE"
    case list = "LIST"
    case lsub = "LSUB"
    case xlist = "XLIST"
    case rlist = "RLIST"
    case rlsub = "RLSUB"
    case namespace = "NAMESPACE"
    case status = "STATUS"
    case append = "APPEND"
    case check = "CHECK"
    case close = "CLOSE"
    case unselect = "UNSELECT"
    case getacl = "GETACL"
    case setacl = "SETACL"
    case deleteacl = "DELETEACL"
    case listrights = "LISTRIGHTS"
    case myrights = "MYRIGHTS"
    case getquota = "GETQUOTA"
    case getquotaroot = "GETQUOTAROOT"
    case setquota = "SETQUOTA"
    case getmetadata = "GETMETADATA"
    case setmetadata = "SETMETADATA"
    case getannotation = "GETANNOTATION"
    case setannotation = "SETANNOTATION"
    case notify = "NOTIFY"
    case idle = "IDLE"
    case conversions = "CONVERSIONS"
    case genurlauth = "GENURLAUTH"
    case urlfetch = "URLFETCH"
    case resetkey = "RESETKEY"
    case search = "SEARCH"
    case esearch = "ESEARCH"
    case sort = "SORT"
    case thread = "THREAD"
    case fetch = "FETCH"
    case store = "STORE"
    case copy = "COPY"
    case move = "MOVE"
    case expunge = "EXPUNGE"
    case replace = "REPLACE"
    case convert = "CONVERT"
    case cancelupdate = "CANCELUPDATE"
    case uidbatches = "UIDBATCHES"

    /// The command named by the octets of `range`, whatever their case; nil when it is not a known one.
    public init?(_ text: RawSpan, _ range: Range<Int>) {
        guard let word = Word(text, range) else {
            guard (9...17).contains(range.count) else { return nil }
            self.init(rawValue: text.uppercased(range))
            return
        }
        guard let command = Self.byWord[word] else { return nil }
        self = command
    }

    private static let byWord = Word.table(Self.allCases)
}
