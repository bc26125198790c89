extension RegistryRow {
    /// What a name is: one name may be of several kinds.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        case command
        case response
        case code
        case capability
        case enableName
        case mechanism
        case fetchItem
        case sectionPart
        case fetchModifier
        case storeItem
        case storeModifier
        case searchKey
        case searchReturn
        case searchData
        case sortKey
        case threadAlgorithm
        case flag
        case mailboxAttribute
        case listSelection
        case listReturn
        case statusItem
        case selectParam
        case createParam
        case appendData
        case right
        case resource
        case metadataEntry
        case metadataOption
        case annotationAttribute
        case mailboxFilter
        case notifyEvent
        case urlAccess
        case urlMechanism
        case compression
        case idField
        case syntax

        /// The kind in words.
        public var title: String {
            switch self {
            case .command: "command"
            case .response: "response"
            case .code: "response code"
            case .capability: "capability"
            case .enableName: "ENABLE name"
            case .mechanism: "SASL mechanism"
            case .fetchItem: "FETCH item"
            case .sectionPart: "section part"
            case .fetchModifier: "FETCH modifier"
            case .storeItem: "STORE item"
            case .storeModifier: "STORE modifier"
            case .searchKey: "SEARCH key"
            case .searchReturn: "SEARCH return option"
            case .searchData: "ESEARCH data item"
            case .sortKey: "SORT key"
            case .threadAlgorithm: "THREAD algorithm"
            case .flag: "flag"
            case .mailboxAttribute: "mailbox attribute"
            case .listSelection: "LIST selection option"
            case .listReturn: "LIST return option"
            case .statusItem: "STATUS item"
            case .selectParam: "SELECT parameter"
            case .createParam: "CREATE parameter"
            case .appendData: "APPEND data"
            case .right: "access right"
            case .resource: "quota resource"
            case .metadataEntry: "metadata entry"
            case .metadataOption: "GETMETADATA option"
            case .annotationAttribute: "annotation attribute"
            case .mailboxFilter: "mailbox filter"
            case .notifyEvent: "NOTIFY event"
            case .urlAccess: "URLAUTH access"
            case .urlMechanism: "URLAUTH mechanism"
            case .compression: "compression algorithm"
            case .idField: "ID field"
            case .syntax: "form on the wire"
            }
        }
    }
}
