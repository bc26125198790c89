/// How large a message is that is not shown. Below what tokens have it is coarse on purpose: the exact count would tell the
/// length of a password or name.
enum SizeClass {
    private static let coarseBelow = 64

    static func text(_ message: [UInt8]) -> String {
        switch message.count {
        case 0: "empty"
        case ...self.coarseBelow: "up to \(self.coarseBelow) octets"
        default: "\(message.count) octets"
        }
    }
}
