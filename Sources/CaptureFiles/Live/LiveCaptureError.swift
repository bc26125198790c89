/// Why packets of an interface cannot be captured.
public struct LiveCaptureError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: Hashable, Sendable {
        case noPermission
        case noSuchInterface
        case interfaceIsDown
        /// The packet filter is none.
        case filter
        case other
    }

    public var code: Code
    public var interface: String
    /// What libpcap says.
    public var reason: String

    public init(_ code: Code, interface: String, reason: String) {
        self.code = code
        self.interface = interface
        self.reason = reason
    }

    public var description: String {
        switch self.code {
        case .noPermission: "no permission to capture on \(self.interface): \(self.reason)"
        case .noSuchInterface: "there is no interface \(self.interface): \(self.reason)"
        case .interfaceIsDown: "the interface \(self.interface) is down: \(self.reason)"
        case .filter: "the packet filter is none: \(self.reason)"
        case .other: "cannot capture on \(self.interface): \(self.reason)"
        }
    }
}
