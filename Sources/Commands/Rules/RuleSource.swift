import FilterLanguage
import Reporting
import RuleEngine
import ShippedRules

/// `--rules`: a file, or the name of rules that are part of the program.
struct RuleSource: SettingValue, Hashable {
    var name: String

    init(setting text: String) throws(SettingValueError) {
        guard !text.isEmpty else { throw SettingValueError("the name of a rule file is missing") }
        self.name = text
    }

    var settingText: String { self.name }

    /// The octets of the rules that are part of the program under this name.
    var shipped: [UInt8]? { ShippedRules.files.first { $0.name == self.name }?.octets }

    /// Whether what these rules make is to be shown to others.
    var isForSharing: Bool { self.name == "share-safe" }

    func load() throws -> RuleFile {
        let octets: [UInt8]
        if let shipped {
            octets = shipped
        } else {
            do throws(InputError) {
                octets = try InputFile.contents(of: self.name, limit: RuleFile.sizeLimit)
            } catch {
                guard case .missing = error.reason, !self.name.contains("/"), !self.name.contains(".") else {
                    throw error
                }
                let names = ShippedRules.files.map(\.name)
                let near = Spelling.nearest(to: self.name, among: names)
                throw Failure(
                    .noInput,
                    "no file and no rules that come with imapscope are named \(self.name)"
                        + (near.map { "; did you mean \($0)?" } ?? ""),
                    advice: "imapscope rules list"
                )
            }
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw Failure(.configuration, "\(self.name): this is not UTF-8 text")
        }
        do throws(RuleFileError) {
            return try RuleFile(path: self.name, parsing: text)
        } catch {
            throw Failure(.configuration, error.description, advice: "imapscope rules show redact-extra, an example")
        }
    }
}
