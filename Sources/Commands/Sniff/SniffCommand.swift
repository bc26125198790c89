import ArgumentParser
import CaptureFiles

/// `imapscope sniff`
struct SniffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sniff",
        abstract: "Show the IMAP sessions that pass a network interface, as the proxy shows its own.",
        discussion: """
            Reads packets from an interface until Ctrl-C, or until --count packets have come. It needs the right to \
            capture (CAP_NET_RAW), which it gives up as soon as the interface is open; started by sudo, it becomes the user \
            who called it. Sessions that had begun before are read from where they are. Totals go to standard error, what \
            was dropped among them.

            EXAMPLES:
              sudo imapscope sniff --interface eth0
              imapscope sniff -i any --keylog sslkeys.log --jsonl events.jsonl
              imapscope sniff -i lo --port 1143 'command == FETCH and latency > 200ms'
            """
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("Capture here; any: on all interfaces.", valueName: "name"))
    var interface: String?

    @Flag(help: "Name the interfaces, with their addresses.")
    var listInterfaces = false

    @Option(
        name: [.customShort("f"), .customLong("bpf")],
        help: ArgumentHelp(
            "Which packets the kernel lets through, in the language of pcap-filter(7); IMAP’s ports and each --port if not given.",
            valueName: "expression"
        )
    )
    var bpf: String?

    @Option(help: ArgumentHelp("The ring buffer between kernel and imapscope; 32MiB if not given.", valueName: "size"))
    var buffer: String?

    @Flag(help: "Take packets that are for other hosts too.")
    var promiscuous = false

    @Option(help: ArgumentHelp("End after so many packets.", valueName: "n"))
    var count: String?

    @Argument(help: ArgumentHelp("The same as --filter, as one argument.", valueName: "filter"))
    var expression: String?

    @OptionGroup var reading: PacketReadingOptions
    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let output = StandardOutput()
        if self.listInterfaces { return try self.list(output) }
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var decisions = Settings(scope: .sniff, file: file)
        var reading = self.reading
        if let expression {
            guard reading.filter.filter == nil else {
                throw UsageError(option: "--filter", text: "there are two filters; join them with “and”")
            }
            reading.filter.filter = expression
        }
        let interface: InterfaceName? = try decisions.value(.interface, self.interface, absence: "required")
        let buffer: OctetCount = try decisions.value(.buffer, self.buffer, default: OctetCount(32 << 20))
        let settings = try DecodeSettings([], reading, &decisions, isTerminal: output.isTerminal)
        if self.configurationOptions.printConfig {
            output.write(decisions.printed(path: file?.path))
            return try output.finish()
        }
        guard let interface else {
            throw UsageError(option: "--interface", text: "say where to capture; --list-interfaces names what there is")
        }
        let packets: Amount<PacketBounds>? = try self.count.map { text in
            do throws(SettingValueError) { return try Amount(setting: text) } catch {
                throw UsageError(option: "--count", text: error.description)
            }
        }
        let capture = try self.open(interface.name, buffer.octets, settings)
        // Before there is any other thread.
        try Privileges.drop()
        let interruption = try Interruption()
        let isQuiet = settings.isQuiet
        if !isQuiet { writeNotice("capturing on \(interface.name); Ctrl-C ends") }
        let audit = try settings.audit.map { try AuditEngines($0) }
        try DecodeRun(settings: settings, audit: audit?.make()).run(output, interruption, isLive: true) { limits in
            LivePackets(
                capture: capture,
                limits: limits,
                interruption: interruption,
                packets: packets?.number,
                isQuiet: isQuiet
            )
        }
        try audit?.finish()
    }

    private func open(_ name: String, _ buffer: Int, _ settings: DecodeSettings) throws -> LiveCapture {
        let options = LiveCapture.Options(
            filter: self.bpf ?? PacketFilter.text(ports: settings.ports),
            bufferOctets: buffer,
            isPromiscuous: self.promiscuous
        )
        do throws(LiveCaptureError) {
            return try LiveCapture(interface: name, options: options)
        } catch {
            throw SniffFailure.failure(error)
        }
    }

    private func list(_ output: StandardOutput) throws {
        do throws(LiveCaptureError) {
            for line in InterfaceList.lines(try NetworkInterface.all()) { output.write(line + "\n") }
        } catch {
            throw SniffFailure.failure(error)
        }
        try output.finish()
    }
}

enum PacketBounds: AmountBounds { static let range = 1...1_000_000_000 }

/// `--interface`
struct InterfaceName: SettingValue, Hashable {
    var name: String

    init(setting text: String) throws(SettingValueError) {
        guard !text.isEmpty else { throw SettingValueError("the name of an interface is missing") }
        self.name = text
    }

    var settingText: String { self.name }
}
