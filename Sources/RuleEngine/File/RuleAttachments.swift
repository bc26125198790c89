public import Traffic

/// How the files that rules name with `from-file` are read: by whoever may read files. This part of the program does not.
public struct RuleAttachments: Sendable {
    public struct File: Sendable {
        public var contents: Secret
        /// The permission bits; nil where there are none.
        public var permissions: UInt32?

        public init(contents: Secret, permissions: UInt32?) {
            self.contents = contents
            self.permissions = permissions
        }
    }

    /// Why a file was not read, one clause without octets of it.
    public struct Refusal: Error, Hashable, Sendable {
        public var reason: String
        public init(_ reason: String) { self.reason = reason }
    }

    let read: @Sendable (_ path: String, _ limit: Int) throws(Refusal) -> File

    /// - Parameter read: gets the path as the rule file says it, and the most octets that are wanted.
    public init(_ read: @escaping @Sendable (_ path: String, _ limit: Int) throws(Refusal) -> File) {
        self.read = read
    }

    /// Reads none.
    public static let none = RuleAttachments { (_, _) throws(Refusal) in
        throw Refusal("files named by rules are not read here")
    }

    static let secretLimit = 64 << 10

    /// A secret, its line end left out. Others on the machine must not be able to read it.
    func secret(_ path: String) throws(Refusal) -> Secret {
        let file = try self.read(path, Self.secretLimit)
        if let permissions = file.permissions, permissions & 0o077 != 0 {
            let mode = String(permissions & 0o777, radix: 8)
            throw Refusal("\(path) can be read or changed by others (mode \(mode)); chmod 600 \(path)")
        }
        let secret = file.contents.withBytes { octets in
            var end = octets.count
            while end > 0, octets[end - 1] == 0x0A || octets[end - 1] == 0x0D { end -= 1 }
            return Secret(octets[..<end])
        }
        guard secret.count > 0 else { throw Refusal("\(path) is empty") }
        guard !secret.withBytes({ $0.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D } }) else {
            throw Refusal("\(path) holds more than one line")
        }
        return secret
    }

    func octets(_ path: String, limit: Int) throws(Refusal) -> [UInt8] {
        try self.read(path, limit).contents.withBytes { Array($0) }
    }
}
