/// Where exported messages go. Who makes the files says what happens when that fails.
public protocol MailFolder: AnyObject {
    /// Makes an empty file. Names are made here, never of octets from the wire.
    func create(_ name: String)
    func append(_ octets: RawSpan, to name: String)
    /// The file is whole, or as whole as it gets: gives it its last name.
    func close(_ name: String, as last: String)
}
