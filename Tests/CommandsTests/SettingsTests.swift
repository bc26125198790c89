import Testing

@testable import Commands

@Suite struct SettingsTests {
    private let file = """
        color: never
        detail: 1
        proxy:
          listen: [imap://127.0.0.1:2143, "imap://[::1]:2143"]
          detail: 3
        """

    private func configuration(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(path: "config.yaml", parsing: text)
    }

    private func settings(_ text: String) throws -> Settings {
        Settings(scope: .proxy, file: try self.configuration(text))
    }

    @Test func `the command line goes before the file and the file before the default`() throws {
        var settings = try self.settings(self.file)
        let detail: Amount<DetailBounds> = try settings.value(.detail, "4", default: Amount(2))
        let color: ColorChoice = try settings.value(.color, nil, default: .auto)
        let format: TranscriptFormat = try settings.value(.format, nil, default: .text)
        #expect(detail.number == 4)
        #expect(color == .never)
        #expect(format == .text)
        #expect(
            settings.decisions.map(\.origin) == [.commandLine, .file(path: "config.yaml", line: 1), .builtIn]
        )
    }

    @Test func `what stands under the command goes before what stands at the top`() throws {
        var proxy = try self.settings(self.file)
        var parse = Settings(scope: .parse, file: try self.configuration(self.file))
        let inProxy: Amount<DetailBounds> = try proxy.value(.detail, nil, default: Amount(2))
        let inParse: Amount<DetailBounds> = try parse.value(.detail, nil, default: Amount(2))
        #expect(inProxy.number == 3)
        #expect(inParse.number == 1)
    }

    @Test func `listeners are a list and the command line replaces all of them`() throws {
        var fromFile = try self.settings(self.file)
        let listed: [ListenURL] = try fromFile.values(.listen, [], default: [])
        #expect(listed.map(\.settingText) == ["imap://127.0.0.1:2143", "imap://[::1]:2143"])
        var fromLine = try self.settings(self.file)
        let given: [ListenURL] = try fromLine.values(.listen, ["imap://:1"], default: [])
        #expect(given.map(\.settingText) == ["imap://127.0.0.1:1"])
    }

    @Test func `a flag on the command line can take back one of the file`() throws {
        var settings = try self.settings("proxy:\n  reveal-secrets: true\n")
        #expect(try settings.flag(.revealSecrets, false) == false)
        var others = try self.settings("proxy:\n  reveal-secrets: true\n")
        #expect(try others.flag(.revealSecrets, nil) == true)
    }

    @Test(arguments: [
        ("colour: never\n", "config.yaml:1:1: “colour” is not an option; did you mean color?"),
        ("\nproxy:\n  lisen: imap://:1\n", "config.yaml:3:3: “lisen” is not an option of proxy; did you mean listen?"),
        ("parse:\n  upstream: imap://h\n", "config.yaml:2:3: “upstream” is not an option of parse"),
        ("proxy: 1\n", "config.yaml:1:8: “proxy:” must be followed by indented “option: value” lines"),
        ("detail: [1, 2]\n", "config.yaml:1:9: detail takes one value, not a list"),
        ("- listen\n", "config.yaml:1:1: the file must be a list of “option: value” lines"),
    ])
    func `a mistake in the file is told with line and column`(text: String, message: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try self.configuration(text) }
        #expect(error.description == message)
    }

    @Test(arguments: ["color: [", "color: never\ncolor: auto\n", "a: b: c\n", "\tcolor: never\n"])
    func `a file that is not YAML is told with its line`(text: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try self.configuration(text) }
        #expect(error.line != nil)
    }

    @Test func `a wrong value in the file is told with line and column`() throws {
        var settings = try self.settings("color: never\nproxy:\n  format: jsnl\n")
        let error = try #require(throws: ConfigurationError.self) {
            let _: TranscriptFormat = try settings.value(.format, nil, default: .text)
        }
        #expect(
            error.description
                == "config.yaml:3:11: format: “jsnl” is none of text, jsonl, none; did you mean jsonl?"
        )
    }

    @Test(arguments: ["", "# nothing\n", "proxy:\n"])
    func `an empty file sets nothing`(text: String) throws {
        let file = try self.configuration(text)
        #expect(SettingName.allCases.allSatisfy { file.values($0, for: .proxy) == nil })
    }

    @Test func `every setting can stand in the file`() throws {
        for scope in SettingScope.allCases {
            for name in scope.settings {
                let file = try self.configuration("\(scope.rawValue):\n  \(name.rawValue): x\n")
                #expect(file.values(name, for: scope)?.map(\.text) == ["x"])
            }
        }
    }

    @Test func `printed settings are a configuration file with the same effect`() throws {
        var settings = try self.settings("color: always\n")
        _ = try settings.values(.listen, ["imap://:1", "imap://[::1]:2"], default: [ListenURL]())
        let _: FilePath? = try settings.value(.jsonl, "a \"b\"\n#c", absence: "none")
        let _: ColorChoice = try settings.value(.color, nil, default: .auto)
        let _: FilePath? = try settings.value(.passwords, nil, absence: "none")
        let printed = settings.printed(path: "config.yaml")
        #expect(printed.contains("# command line\n"))
        #expect(printed.contains("# config.yaml:1\n"))
        let again = try self.configuration(printed)
        #expect(again.values(.listen, for: .proxy)?.map(\.text) == ["imap://127.0.0.1:1", "imap://[::1]:2"])
        #expect(again.values(.jsonl, for: .proxy)?.map(\.text) == ["a \"b\"\n#c"])
        #expect(again.values(.color, for: .proxy)?.map(\.text) == ["always"])
        #expect(again.values(.passwords, for: .proxy) == nil)
    }

    @Test(
        arguments: [
            ([:], true, true), ([:], false, false),
            (["NO_COLOR": "1"], true, false), (["NO_COLOR": ""], true, true),
            (["CLICOLOR_FORCE": "1"], false, true), (["CLICOLOR_FORCE": "0"], false, false),
            (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
            (["TERM": "dumb"], true, false), (["TERM": "dumb", "CLICOLOR_FORCE": "1"], false, true),
        ] as [([String: String], Bool, Bool)]
    )
    func `colour follows the environment`(variables: [String: String], isTerminal: Bool, expected: Bool) {
        let choice = ColorChoice.auto
        #expect(choice.isEnabled(isTerminal: isTerminal, environment: { variables[$0] }) == expected)
        #expect(ColorChoice.always.isEnabled(isTerminal: isTerminal, environment: { variables[$0] }))
        #expect(!ColorChoice.never.isEnabled(isTerminal: isTerminal, environment: { variables[$0] }))
    }

    @Test(
        arguments: [
            (["XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x/imapscope/config.yaml"),
            (["XDG_CONFIG_HOME": "x", "HOME": "/h"], "/h/.config/imapscope/config.yaml"),
            (["HOME": "/h"], "/h/.config/imapscope/config.yaml"),
            ([:], nil),
        ] as [([String: String], String?)]
    )
    func `the file is looked for where XDG says`(variables: [String: String], expected: String?) {
        #expect(ConfigurationFile.userPath(environment: { variables[$0] }) == expected)
    }
}
