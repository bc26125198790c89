#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension ConfigurationFile {
    /// No configuration is larger; a wrong file name should not fill the memory.
    private static let sizeLimit = 1 << 20

    /// Reads `--config FILE`, or the file of the user if there is one.
    static func load(option: String?) throws -> ConfigurationFile? {
        if let option { return try self.read(option, mayBeMissing: false) }
        guard let path = self.userPath(environment: Environment.value) else { return nil }
        return try self.read(path, mayBeMissing: true)
    }

    /// `$XDG_CONFIG_HOME/imapscope/config.yaml`. A relative XDG_CONFIG_HOME is ignored, as the XDG specification asks.
    static func userPath(environment: (String) -> String?) -> String? {
        if let base = environment("XDG_CONFIG_HOME"), base.hasPrefix("/") { return "\(base)/imapscope/config.yaml" }
        guard let home = environment("HOME"), !home.isEmpty else { return nil }
        return "\(home)/.config/imapscope/config.yaml"
    }

    private static func read(_ path: String, mayBeMissing: Bool) throws -> ConfigurationFile? {
        let octets: [UInt8]
        do throws(InputError) {
            octets = try InputFile.contents(of: path, limit: self.sizeLimit)
        } catch {
            if mayBeMissing, error.number == ENOENT { return nil }
            throw error
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw ConfigurationError(path: path, line: nil, column: nil, text: "this is not UTF-8 text")
        }
        return try ConfigurationFile(path: path, parsing: text)
    }
}
