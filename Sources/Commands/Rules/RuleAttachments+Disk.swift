import IMAPSession
import RuleEngine
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension RuleAttachments {
    /// Reads the files that rules name: relative paths from the working directory, `~/` from the home directory.
    static let onDisk = RuleAttachments(
        secret: { (path) throws(Refusal) in
            do throws(SecretFileError) {
                return try SecretFile.load(Self.expanded(path))
            } catch {
                throw Refusal(error.summary + (error.advice.map { "; \($0)" } ?? ""))
            }
        },
        octets: { (path, limit) throws(Refusal) in
            let path = Self.expanded(path)
            do throws(InputError) {
                let octets = try InputFile.contents(of: path, limit: limit + 1)
                guard octets.count <= limit else { throw InputError(name: path, number: EFBIG) }
                return octets
            } catch {
                throw Refusal(error.description)
            }
        }
    )

    /// For commands that look at rules without applying them: a file that is not there yet is no mistake of the rules.
    static let standIns = RuleAttachments(
        secret: { (_) throws(Refusal) in Secret(Array("stand-in".utf8)) },
        octets: { (_, _) throws(Refusal) in Array("stand-in".utf8) }
    )

    private static func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = Environment.value("HOME"), !home.isEmpty else { return path }
        return home + path.dropFirst(1)
    }
}
