import ArgumentParser
import IMAPSession
import Reporting
import Yams

/// The commands with their options, as ArgumentParser describes them: the source of the manual pages.
struct CommandTree: Hashable {
    struct Argument: Hashable {
        enum Kind: String {
            case positional
            case option
            case flag
        }

        var kind: Kind
        /// `--list`, `-l`; none for what stands by its place.
        var names: [String]
        var valueName: String
        var abstract: String
        var isOptional: Bool
        var isRepeating: Bool
        var isShown: Bool
    }

    /// The words that call it: `imapscope ca show`.
    var path: [String]
    var abstract: String
    var discussion: String
    var arguments: [Argument]
    var subcommands: [CommandTree]

    /// The tree of the whole program.
    static func whole() throws(Failure) -> CommandTree {
        // The description is JSON, which YAML contains.
        guard let document = try? Yams.compose(yaml: Imapscope._dumpHelp()), let command = document["command"],
            let tree = CommandTree(command, above: [])
        else { throw Failure(.software, "the description of the commands cannot be read", blame: .imapscope) }
        return tree
    }

    private init?(_ node: Node, above: [String]) {
        guard let name = node["commandName"]?.string else { return nil }
        self.path = above + [name]
        self.abstract = node["abstract"]?.string ?? ""
        self.discussion = node["discussion"]?.string ?? ""
        self.arguments = node["arguments"]?.sequence?.compactMap { Argument($0) } ?? []
        let path = self.path
        self.subcommands =
            node["subcommands"]?.sequence?.compactMap { subcommand in
                // `help` is explained by itself.
                guard subcommand["shouldDisplay"]?.bool != false, subcommand["commandName"]?.string != "help" else {
                    return nil
                }
                return CommandTree(subcommand, above: path)
            } ?? []
        self.explainInversions()
    }
}

extension CommandTree {
    /// ArgumentParser gives `--no-x` the words of `--x`, which say the opposite of what it does.
    private mutating func explainInversions() {
        let flags = Set(self.arguments.filter { $0.kind == .flag }.flatMap(\.names))
        for index in self.arguments.indices where self.arguments[index].kind == .flag {
            guard let name = self.arguments[index].names.last, name.hasPrefix("--no-") else { continue }
            let twin = "--" + name.dropFirst("--no-".count)
            if flags.contains(twin) { self.arguments[index].abstract = "Not \(twin), whatever the settings say." }
        }
    }
}

extension CommandTree.Argument {
    fileprivate init?(_ node: Node) {
        guard let kind = node["kind"]?.string.flatMap(Kind.init(rawValue:)) else { return nil }
        self.kind = kind
        self.names =
            node["names"]?.sequence?.compactMap { name in
                guard let text = name["name"]?.string else { return nil }
                return (name["kind"]?.string == "long" ? "--" : "-") + text
            } ?? []
        // Short names first, as manuals have them.
        self.names.sort { ($0.hasPrefix("--") ? 1 : 0, $0) < ($1.hasPrefix("--") ? 1 : 0, $1) }
        self.valueName = node["valueName"]?.string ?? "value"
        self.abstract = node["abstract"]?.string ?? ""
        self.isOptional = node["isOptional"]?.bool ?? true
        self.isRepeating = node["isRepeating"]?.bool ?? false
        self.isShown = node["shouldDisplay"]?.bool ?? true
    }
}
