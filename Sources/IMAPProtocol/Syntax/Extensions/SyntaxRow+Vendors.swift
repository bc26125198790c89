import IMAPWire
import Traffic

extension SyntaxRow {
    /// Commands of Netscape and Courier.
    static let vendors: [SyntaxRow] = [
        .command("NETSCAPE", .netscape),
        .command("X-NETSCAPE", .netscape),
        .command("X-REALLYDELETE", .xReallydelete) { $0.sequenceSet(.sequenceSet, $1) },
    ]
}
