import IMAPWire
import Traffic

extension SyntaxRow {
    /// Commands of vendors whose arguments have no public grammar: Cyrus, Courier, Netscape. Their structure is kept.
    static let vendors: [SyntaxRow] = [
        "XCONVSORT", "XSNIPPETS", "XCONVMULTISORT", "XRUNANNOTATOR", "XWARMUP", "XMEID", "XFOREVER", "XBACKUP",
        "X-REALLYDELETE", "SCAN", "RECONSTRUCT", "XFER", "DUMP", "UNDUMP", "LOCALAPPEND", "LOCALCREATE", "LOCALDELETE",
        "MUPDATEPUSH", "SYNCAPPLY", "SYNCGET", "SYNCRESTART", "SYNCRESTORE", "XRENAME", "X-NETSCAPE", "NETSCAPE",
        "XATOM",
    ].map { .command($0, .vendorCommand) { $0.genericRest($1) } }
}
