import Reporting
import SASL

/// `--passwords FILE`
enum PasswordInput {
    /// No password file is larger; a wrong file name should not fill the memory.
    private static let limit = 64 << 20

    static func read(_ file: FilePath?) throws -> PasswordFile? {
        guard let path = file?.path else { return nil }
        let content = try InputFile.contents(of: path, limit: Self.limit)
        do throws(PasswordFileError) {
            return try PasswordFile(parsing: content)
        } catch {
            throw Failure(.configuration, "\(path), \(error.description)")
        }
    }
}
