import Traffic

/// A command of one server family, in no RFC.
///
/// These are not in ``Command``: before a login a word that is no command of the protocol may be half of a credential, and
/// so may one of these.
public enum VendorCommand: String, Sendable, Hashable, CaseIterable {
    // Netscape Messaging Server and Courier
    case netscape = "NETSCAPE"
    case xNetscape = "X-NETSCAPE"
    case xReallydelete = "X-REALLYDELETE"

    // Cyrus IMAP: conversations, snippets and the cache
    case xconvsort = "XCONVSORT"
    case xconvmultisort = "XCONVMULTISORT"
    case xconvupdates = "XCONVUPDATES"
    case xconvfetch = "XCONVFETCH"
    case xconvmeta = "XCONVMETA"
    case xsnippets = "XSNIPPETS"
    case xwarmup = "XWARMUP"

    // Cyrus IMAP: MOVE before RFC 6851, administration and replication
    case xmove = "XMOVE"
    case xstats = "XSTATS"
    case xforever = "XFOREVER"
    case xkillmy = "XKILLMY"
    case xmeid = "XMEID"
    case xrunannotator = "XRUNANNOTATOR"
    case xbackup = "XBACKUP"
    case scan = "SCAN"
    case reconstruct = "RECONSTRUCT"
    case xfer = "XFER"
    case xrename = "XRENAME"
    case dump = "DUMP"
    case undump = "UNDUMP"
    case localappend = "LOCALAPPEND"
    case localcreate = "LOCALCREATE"
    case localdelete = "LOCALDELETE"
    case mupdatepush = "MUPDATEPUSH"
    case syncapply = "SYNCAPPLY"
    case syncget = "SYNCGET"
    case syncrestore = "SYNCRESTORE"
    case syncrestart = "SYNCRESTART"

    /// The command named by the octets of `name`, whatever their case, with or without the word UID before it
    /// (``CommandHead/name``); nil when it is none of these.
    public init?(_ text: RawSpan, _ name: Range<Int>) {
        var name = name
        if name.count > 4, text.matches(name.prefix(3), "UID"), text[name.lowerBound + 3] == 0x20 {
            name = name.dropFirst(4)
            while let first = name.first, text[first] == 0x20 { name = name.dropFirst() }
        }
        guard let command = Self.table.keyword(text, name) else { return nil }
        self = command
    }

    private static let table = KeywordTable(Self.allCases)
}
