import FilterLanguage
import Reporting
import RuleEngine
import ShippedRules

/// What the subcommands of `imapscope rules` do.
struct RulesRun {
    let output: StandardOutput

    func list() throws {
        let names = ShippedRules.files.map(\.name)
        let width = (names + Part.allCases.map(\.rawValue)).map(\.count).max() ?? 0
        self.output.write("rules for --rules:\n")
        for name in names {
            let about = try self.source(name).load(files: .standIns).about
            self.output.write("  " + Self.padded(name, width) + "  \(about)\n")
        }
        self.output.write("\nparts that rules can mask or pseudonymise:\n")
        for part in Part.allCases {
            self.output.write("  " + Self.padded(part.rawValue, width) + "  \(part.meaning)\n")
        }
    }

    func show(_ name: String) throws {
        guard let octets = try self.source(name).shipped else {
            let names = ShippedRules.files.map(\.name)
            throw Failure(
                .usage,
                "no rules that come with imapscope are named \(name)",
                advice: Spelling.nearest(to: name, among: names).map { "imapscope rules show \($0)" }
                    ?? "imapscope rules list"
            )
        }
        self.output.write(String(decoding: octets, as: UTF8.self))
    }

    func check(_ name: String) throws {
        let source = try self.source(name)
        let file = try source.load(files: source.shipped == nil ? .onDisk : .standIns)
        let path = TerminalText.escaped(name)
        self.output.write(
            "\(path): \(Self.count(file.rules.count, "rule")), \(Self.count(file.examples.count, "example"))\n"
        )
    }

    /// How many examples came out otherwise.
    func test(_ name: String) throws -> Int {
        let file = try self.source(name).load(files: .standIns)
        let path = TerminalText.escaped(name)
        guard !file.examples.isEmpty else {
            throw Failure(
                .configuration,
                "\(name) has no examples to test",
                advice: "imapscope rules show share-safe, which shows how they are written"
            )
        }
        var failures = 0
        for example in file.examples {
            let mismatches = example.run(file.rules)
            let title = "\(path):\(example.line): \(TerminalText.escaped(example.name))"
            self.output.write("\(mismatches.isEmpty ? "ok  " : "FAIL") \(title)\n")
            for mismatch in mismatches { self.output.write("       \(TerminalText.escaped(mismatch.description))\n") }
            if !mismatches.isEmpty { failures += 1 }
        }
        return failures
    }

    private func source(_ name: String) throws -> RuleSource {
        do throws(SettingValueError) {
            return try RuleSource(setting: name)
        } catch {
            throw UsageError(option: "rules", text: error.description)
        }
    }

    private static func count(_ amount: Int, _ noun: String) -> String {
        "\(amount) \(noun)\(amount == 1 ? "" : "s")"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
