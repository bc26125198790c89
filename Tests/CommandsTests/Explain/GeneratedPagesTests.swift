import ArgumentParser
import Testing

@testable import Commands

@Suite struct GeneratedPagesTests {
    private static let package = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    @Test(arguments: ReferencePage.all.map(\.fileName))
    func `the reference of the guide is what the registry says`(fileName: String) throws {
        let page = try #require(ReferencePage.all.first { $0.fileName == fileName })
        let path = Self.package + "/Sources/imapscope/imapscope.docc/Reference/" + fileName
        let written = String(decoding: try InputFile.contents(of: path, limit: 1 << 20), as: UTF8.self)
        #expect(written == page.text, "\(fileName) is stale: run `make reference`")
    }

    @Test func `every row of a table has as many cells as its head`() {
        for page in ReferencePage.all {
            var columns = 0
            for line in page.text.split(separator: "\n", omittingEmptySubsequences: false) {
                guard line.hasPrefix("|") else {
                    columns = 0
                    continue
                }
                let cells = line.replacing("\\|", with: "").count { $0 == "|" }
                if columns == 0 { columns = cells }
                #expect(cells == columns, "\(page.name): \(line)")
            }
        }
    }

    @Test func `every command has a manual page, and every option stands in it`() throws {
        let pages = try ManualPage.all()
        let tree = try CommandTree.whole()
        #expect(pages.map(\.fileName).contains("imapscope.1"))
        let names = tree.subcommands.map { $0.path.joined(separator: "-") + ".1" }
        #expect(Set(names).isSubset(of: pages.map(\.fileName)))
        #expect(names.contains("imapscope-explain.1"))
        #expect(!names.contains("imapscope-generate.1"))
        for command in tree.subcommands {
            let fileName = command.path.joined(separator: "-") + ".1"
            let page = try #require(pages.first { $0.fileName == fileName })
            for argument in command.arguments + command.subcommands.flatMap(\.arguments) where argument.isShown {
                for name in argument.names { #expect(page.text.contains(RoffText.bold(name)), "\(fileName): \(name)") }
            }
            for line in page.text.split(separator: "\n") where line.hasPrefix(".") {
                let request = line.dropFirst().prefix { $0 != " " }
                #expect(["\\\"", "TH", "SH", "TP", "PP", "nf", "fi", "nh", "ad"].contains(request), "\(line)")
            }
        }
    }

    @Test func `text in a manual page is taken literally`() {
        #expect(RoffText.escaped(#"a\n 'b' --c ^ é"#) == #"a\(rsn \(aqb\(aq \-\-c \(ha \[u00E9]"#)
        #expect(RoffText.lines(".SH x\n'y") == "\\&.SH x\n\\&\\(aqy\n")
    }

    @Test func `no two options have the same words, an inversion says what it undoes`() throws {
        func check(_ tree: CommandTree) {
            let words = tree.arguments.filter { $0.isShown && !$0.abstract.isEmpty }.map(\.abstract)
            #expect(Set(words).count == words.count, "\(tree.path)")
            for subcommand in tree.subcommands { check(subcommand) }
        }
        let tree = try CommandTree.whole()
        check(tree)
        let proxy = try #require(tree.subcommands.first { $0.path.last == "proxy" })
        let inverse = try #require(proxy.arguments.first { $0.names == ["--no-reveal-secrets"] })
        #expect(inverse.abstract == "Not --reveal-secrets, whatever the settings say.")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `completions are made for each shell`(shell: String) throws {
        let script = Imapscope.completionScript(for: try #require(CompletionShell(rawValue: shell)))
        for word in ["proxy", "parse", "explain", "upstream"] { #expect(script.contains(word)) }
        #expect(!script.contains("generate reference"))
    }
}
