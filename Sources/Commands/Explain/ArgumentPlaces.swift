import IMAPProtocol

/// Which kinds of names can stand in the arguments of a command or response, and where.
struct ArgumentPlaces {
    var kinds: [RegistryRow.Kind]
    /// Arguments before these are mailbox names or sets.
    var skipped = 0
    /// Names stand in lists only.
    var depth = 0

    private init(_ kinds: [RegistryRow.Kind], skipped: Int = 0, depth: Int = 0) {
        self.kinds = kinds
        self.skipped = skipped
        self.depth = depth
    }

    init(_ command: Command) {
        self =
            switch command {
            case .fetch: ArgumentPlaces([.fetchItem, .fetchModifier], skipped: 1)
            case .store: ArgumentPlaces([.storeItem, .flag, .storeModifier], skipped: 1)
            case .append: ArgumentPlaces([.flag, .appendData], skipped: 1)
            case .replace: ArgumentPlaces([.flag, .appendData], skipped: 2)
            case .status: ArgumentPlaces([.statusItem], depth: 1)
            case .select, .examine: ArgumentPlaces([.selectParam], depth: 1)
            case .create: ArgumentPlaces([.createParam, .mailboxAttribute], depth: 1)
            case .list: ArgumentPlaces([.listSelection, .listReturn, .statusItem], depth: 1)
            case .authenticate: ArgumentPlaces([.mechanism])
            case .enable: ArgumentPlaces([.enableName, .capability])
            case .compress: ArgumentPlaces([.compression])
            case .setquota: ArgumentPlaces([.resource], depth: 1)
            case .getmetadata, .setmetadata: ArgumentPlaces([.metadataEntry, .metadataOption])
            case .notify: ArgumentPlaces([.mailboxFilter, .notifyEvent], depth: 1)
            case .genurlauth, .resetkey: ArgumentPlaces([.urlMechanism])
            case .id: ArgumentPlaces([.idField], depth: 1)
            default: ArgumentPlaces([])
            }
    }

    init(_ response: Response) {
        self =
            switch response {
            case .capability, .enabled: ArgumentPlaces([.capability])
            case .flags: ArgumentPlaces([.flag])
            case .list, .lsub, .xlist: ArgumentPlaces([.mailboxAttribute, .syntax], depth: 1)
            case .status: ArgumentPlaces([.statusItem], depth: 1)
            case .esearch: ArgumentPlaces([.searchData])
            case .quota: ArgumentPlaces([.resource], depth: 1)
            case .metadata: ArgumentPlaces([.metadataEntry], skipped: 1)
            case .id: ArgumentPlaces([.idField], depth: 1)
            default: ArgumentPlaces([])
            }
    }

    /// The kinds of names that a response code can hold.
    static func kinds(inCode name: String) -> [RegistryRow.Kind] {
        switch name {
        case "CAPABILITY": [.capability]
        case "PERMANENTFLAGS": [.flag]
        case "BADEVENT": [.notifyEvent]
        default: []
        }
    }
}
