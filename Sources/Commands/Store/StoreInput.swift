import SessionStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Which of the files that a command reads are stores.
enum StoreInput {
    /// Standard input is none: SQLite reads here and there.
    static func isStore(_ path: String) throws(InputError) -> Bool {
        guard path != "-" else { return false }
        let file = try InputFile(path: path)
        // A pipe would lose what is read here.
        guard file.isRegular else { return false }
        var beginning = [UInt8](repeating: 0, count: 16)
        let descriptor = file.descriptor
        let count = beginning.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return count > 0 && StoreReader.recognises(beginning.prefix(count))
    }

    /// - Throws: when some are and some are not: they have no common order.
    static func areStores(_ paths: [String]) throws -> Bool {
        let kinds = try paths.map { try self.isStore($0) }
        guard kinds.contains(true) else { return false }
        guard !kinds.contains(false) else {
            throw UsageError(option: "file", text: "stores and captures are read apart: name only one kind")
        }
        guard paths.count == 1 else {
            throw UsageError(option: "file", text: "one store at a time: sessions of two have the same numbers")
        }
        return true
    }
}
