import IMAPWire
import Traffic

extension Annotator {
    /// What a known command asks for.
    ///
    /// Commands without an explanation of their arguments get the registry's sentence.
    mutating func explain(_ command: Command, isUID: Bool, _ text: RawSpan) {
        switch command {
        case .authenticate: self.authenticate(text)
        case .login: self.login(text)
        case .enable: self.enable(text)
        case .id: self.identification(text)
        case .compress: self.compress(text)
        case .language, .comparator: self.preferences(command, text)
        case .proxyauth: self.proxyAuth(text)
        case .select, .examine: self.select(command, text)
        case .create: self.create(text)
        case .delete, .subscribe, .unsubscribe: self.mailboxCommand(command, text)
        case .rename: self.rename(text)
        case .list, .lsub, .xlist, .rlist, .rlsub: self.list(command, text)
        case .status: self.status(text)
        case .append: self.append(text)
        case .replace: self.replace(text, isUID: isUID)
        case .expunge: self.expunge(text, isUID: isUID)
        case .search, .esearch: self.search(command, text, isUID: isUID)
        case .sort: self.sort(text, isUID: isUID)
        case .thread: self.thread(text, isUID: isUID)
        case .fetch: self.fetch(text, isUID: isUID)
        case .store: self.store(text, isUID: isUID)
        case .copy, .move: self.copy(command, text, isUID: isUID)
        case .convert: self.convert(text, isUID: isUID)
        case .getacl, .setacl, .deleteacl, .listrights, .myrights: self.access(command, text)
        case .getquota, .getquotaroot, .setquota: self.quota(command, text)
        case .getmetadata, .setmetadata: self.metadata(command, text)
        case .notify: self.notify(text)
        case .getannotation, .setannotation: self.annotation(command, text)
        case .conversions: self.conversions(text)
        case .genurlauth: self.signURLs(text)
        case .urlfetch: self.fetchURLs(text)
        case .resetkey: self.resetKey(text)
        case .cancelupdate: self.cancelUpdate(text)
        case .uidbatches: self.uidBatches(text)
        case .xapplepushservice: self.pushRegistration(text)
        case .capability, .noop, .logout, .starttls, .unauthenticate, .getjmapaccess, .namespace, .check, .close,
            .unselect, .idle:
            self.registered(command)
        }
    }

    mutating func registered(_ command: Command) {
        if let row = Registry.row(.command, command.rawValue) { self.prose.add(row) }
    }
}
