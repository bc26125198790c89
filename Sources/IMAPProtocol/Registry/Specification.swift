/// A document that defines names: an RFC, a draft or a vendor's practice.
public struct Specification: Sendable, Hashable {
    /// `RFC 3501`, or the vendor's name.
    public var name: String
    public var title: String
    public var rows: [RegistryRow]

    init(_ name: String, _ title: String, _ rows: [RegistryRow]) {
        self.name = name
        self.title = title
        self.rows = rows
    }
}
