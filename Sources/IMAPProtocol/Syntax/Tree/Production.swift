/// A production of the grammar, named as the ABNF of its document names it (`env-date`), or by what it holds where the ABNF
/// has no name for it.
public enum Production: UInt16, Sendable, Hashable, CaseIterable {
    // Lexical productions, and what stands for anything the grammar does not name
    case crlf, closeParenthesis, closeBracket, `nil`, number, nzNumber, number64, atom, string, quoted
    case literal, nstring, list, raw, text, value, keyword, base64, unknownKeyword

    // Messages
    case command, commandName, tag, uidCommand, unknownCommand, authenticateResponse, cancelResponse, idleDone
    case responseData, responseName, responseTagged, continueReq, unparsedResponse, unknownResponse
    case respCondState, respCondBye, respCondPreauth, respText, respTextCode, codeName, codeUnknown

    // Commands
    case getacl, setacl, deleteacl, listrights, myrights, getquota, getquotaroot, setquota, getmetadata
    case setmetadata, getannotation, setannotation, notify, genurlauth, urlfetch, resetkey, convert
    case conversions, experimentalCommand, append, replace, listCommand, lsub, xlist, rlist, rlsub, select, examine
    case create, delete, rename, subscribe, unsubscribe, status, check, closeCommand, unselect, namespace
    case fetch, store, copy, move, expunge, uidbatches, search, esearch, sort, thread, cancelupdate
    case capabilityCommand, noop, logout, starttls, authenticate, login, unauthenticate, enable, id, compress
    case getjmapaccess, idle, proxyauth, xapplepushservice, language, comparator

    // Commands of vendors
    case netscape, xReallydelete, xconvsort, xconvupdates, xconvmultisort, xconvfetch, xconvmeta, xsnippets
    case xwarmup, xstats, xforever, xkillmy, xmeid, xrunannotator, xbackup, scan, reconstruct, xfer, xmove, xrename
    case dump, undump, localappend, localcreate, localdelete, mupdatepush, syncapply, syncget, syncrestore
    case syncrestart

    // Untagged responses
    case aclData, listrightsData, myrightsData, quotaResponse, quotarootResponse, metadataResp, annotationData
    case genurlauthData, urlfetchData, conversionData, convertedData, listData, lsubData, xlistData, flagsData
    case existsData, recentData, expungeData, fetchData, uidfetchData, vanishedData, statusData, namespaceData
    case uidbatchesData, searchData, sortData, threadData, esearchResponse, capabilityData, noopData
    case enableData, idResponse, jmapaccessData, xapplepushserviceData, languageData, comparatorData

    // Response codes
    case codeAlert, codeBadcharset, codeCapability, codeParse, codePermanentflags, codeReadOnly, codeReadWrite
    case codeTrycreate, codeUidnext, codeUidvalidity, codeUnseen, codeNewname, codeReferral, codeAppenduid
    case codeCopyuid, codeUrlmech, codeBadurl, codeHighestmodseq, codeModified, codeAnnotate, codeAnnotations
    case codeMaxconvertmessages, codeMaxconvertparts, codeNoupdate, codeMetadata, codeBadevent
    case codeUndefinedFilter, codeDowngraded, codeMailboxid, codeInprogress, codeMessagelimit, codeObjectid
    case codeWebalert, codeUnknownCte, codeUidnotsticky, codeToobig, codeNomodseq, codeClosed
    case codeCompressionactive, codeNotsaved, codeBadcomparator, codeTempfail, codeNotificationoverflow
    case codeUnavailable, codeAuthenticationfailed, codeAuthorizationfailed, codeExpired, codePrivacyrequired
    case codeContactadmin, codeNoperm, codeInuse, codeExpungeissued, codeCorruption, codeServerbug
    case codeClientbug, codeCannot, codeLimit, codeOverquota, codeAlreadyexists, codeNonexistent, codeUseattr
    case codeHaschildren, codeUidrequired, codeToofew, codeToomany, codeThrottled

    // Data items of FETCH, asked for or answered
    case bodypartstructure, bodySection, binary, envelope, msgAtt, fetchAttList, fetchAtt, fetchMacro, flags
    case uid, internaldate, rfc822Size, bodyNonExtensible, bodystructure, rfc822, rfc822Header, rfc822Text
    case modseq, emailid, threadid, savedate, preview, snippet, annotation, xGmMsgid, xGmThrid, xGmLabels
    case xGuid, xMailbox, xRealUid, xSavedate, digestSha1, rfc822Filesize, rfc822Sha1, folder, cid, basecid
    case guid, binarySize, bodyPeek, binaryPeek

    // Envelopes (RFC 3501 section 7.4.2)
    case envDate, envSubject, envFrom, envSender, envReplyTo, envTo, envCc, envBcc, envInReplyTo, envMessageId
    case address, addrName, addrAdl, addrMailbox, addrHost

    // Body structures (RFC 3501 section 7.4.2)
    case body, bodyTypeBasic, bodyTypeMpart, mediaSubtype, bodyFldParam, mediaType, bodyFldId, bodyFldDesc
    case bodyFldEnc, bodyFldOctets, bodyTypeText, bodyFldLines, bodyTypeMsg, bodyFldMd5, paramName, paramValue
    case bodyFldDsp, dspType, dspParam, bodyFldLang, bodyFldLoc, bodyExtension

    // Search keys (RFC 3501 section 6.4.4 and extensions)
    case searchKey, searchAnd, searchAll, searchAnswered, searchDeleted, searchDraft, searchFlagged
    case searchSeen, searchUnanswered, searchUndeleted, searchUndraft, searchUnflagged, searchUnseen
    case searchNew, searchOld, searchRecent, searchBcc, searchCc, searchFrom, searchTo, searchSubject
    case searchBody, searchText, searchHeader, searchKeyword, searchUnkeyword, searchBefore, searchOn
    case searchSince, searchSentbefore, searchSenton, searchSentsince, searchLarger, searchSmaller, searchNot
    case searchOr, searchUid, searchUidafter, searchUidbefore, searchYounger, searchOlder, searchModseq
    case searchAnnotation, searchFilter, searchFuzzy, searchEmailid, searchThreadid, searchSavedbefore
    case searchSavedon, searchSavedsince, searchSavedatesupported, searchXGmRaw, searchXGmMsgid
    case searchXGmThrid, searchXGmLabels, searchMimepart, searchInthread

    // What a search is to return, and what it returned
    case optionalRights, searchCorrelator, correlatorTag, correlatorMailbox, correlatorUidvalidity
    case searchReturnOpts, numberList, searchSortModSeq, optionMin, optionMax, optionAll, optionCount
    case optionSave, optionRelevancy, optionContext, optionUpdate, optionPartial, resultMin, resultMax
    case resultAll, resultCount, resultModseq, resultRelevancy, scoreList, scores, resultAddto
    case resultRemovefrom, resultPartial, contextPosition

    // Sort keys
    case sortCriteria, sortKey, sortArrival, sortCc, sortDate, sortFrom, sortSize, sortSubject, sortTo
    case sortReverse, sortDisplayfrom, sortDisplayto, sortRelevancy, sortModseq, sortUid, sortAnnotation

    // Which part of a sorted result is wanted (Cyrus)
    case sortWindow, windowArguments, windowConversations, windowPosition, windowAnchor, windowMultianchor
    case windowChangedsince, windowUpto

    // Items of STATUS
    case statusAttList, statusMessages, statusRecent, statusUnseen, statusUidnext, statusUidvalidity
    case statusSize, statusDeleted, statusDeletedStorage, statusHighestmodseq, statusMailboxid
    case statusAppendlimit, statusXGuid, statusXSize, statusXCreatedmodseq

    // LIST selection and return options
    case selectSubscribed, selectRemote, selectRecursivematch, selectSpecialUse, returnSubscribed
    case returnChildren, returnSpecialUse, returnMyrights, returnStatus, returnMetadata, listSelectOpts
    case listReturnOpts, listMailbox

    // Mailbox filters and events (RFC 5465)
    case events, eventName, filterName, filterSelected, filterSelectedDelayed, filterInboxes, filterPersonal
    case filterSubscribed, filterSubtree, filterSubtreeOne, filterMailboxes, notifyNone, notifySet
    case notifyStatus, eventGroup, eventsNone, event

    // Arguments and values
    case aclEntry, algorithm, annotateParam, annotationList, appendAnnotation, appendData, appendMessage
    case attValue, attValues, attrib, attribMatch, attribMatches, authCapability, authType, batchRange
    case batchSize, capability, catParts, catText, catUrl, catenate, changedsince, charset, charsetArgument
    case charsets, compId, compIdList, compOrder, compSel, condstoreParam, conversionTarget, convertAtt
    case convertAttList, convertedItems, date, dateTime, depthValue, digestValue, eitemTag, entries, entry
    case entryAtt, entryFlagName, entryMatch, entryMatches, entryTypeReq, entryValue, entryValues
    case esearchSourceOpts, flag, flagKeyword, flagList, fromMime, getmetadataOptions, guidValue
    case headerFldName, headerList, hierarchyDelimiter, idKey, idParam, idParamsList, idValue, identifier
    case initialResp, jmapUrl, knownSequenceSet, knownUidSet, knownUids, langRange, languageTag, languageTags
    case mailbox, mailboxFilter, mailboxes, maxsizeOpt, mbxListExtended, mbxListExtendedItem, mbxListFlag
    case mbxListFlags, mechanism, modRights, modSequenceValue, modSequenceValzer, namespaceDescr
    case namespaceExtension, namespacePrefix, namespaceValues, objectid, objectidList, otherUsersNamespace
    case parameter, parameterList, partial, partialLength, partialModifier
    case partialOrigin, partialRange, password, patterns, personalNamespace, previewAlgorithm
    case previewAlgorithmAndText, previewModifier, previewModifiers, progress, progressDone, progressGoal
    case pushMailboxes, pushName, pushParameter, pushValue, qresyncParam, quotaList, quotaResource
    case quotaRootName, reference, requiredRights, resourceLimit, resourceName, resourceUsage, rights
    case scopeOpt, scopeOptions, sectionPart, sectionSpec, sectionText, seqMatchData, seqNumber, sequenceSet
    case setquotaList, setquotaResource, sharedNamespace, sourceUids, storeAdd, storeAnnotation, storeAttFlags
    case storeAttLabels, storeRemove, storeReplace, tagString, targetUids, threadAlg, threadList
    case threadMembers, toMime, transcodingName, transcodingParams, transcodingValue, uidIndicator
    case uidRangeList, uidSet, uidvalidity, unchangedsince, uniqueid, url
    case urlData, urlFetchParam, urlFull, urlMetadata, useAttributes, useParam, userid, utf8Literal
    case vanishedModifier, vanishedModifiers, xGmLabel

    // Arguments of Cyrus's commands
    case conversationList, conversationId, conversationAttList, conversationAtt, snippetSources, snippetSource
    case uidList, warmupItems, warmupItem, clientId, syncChannel, scanText, recursiveOption, serverName
    case partition, selectedMailbox, mailboxDump, dumpFile, fileName, fileData, dlistName, dlistValue
    case dlistValues, dlistNamedValues, dlistEntry
}

extension Production {
    /// `env-date`
    public var name: String { Production.dashed("\(self)") }

    /// A name of two words or more with dashes: `envDate` becomes `env-date`.
    static func dashed(_ name: String) -> String {
        let scalars = Array(name.unicodeScalars)
        func isUpper(_ index: Int) -> Bool { scalars.indices.contains(index) && scalars[index].value &- 0x41 < 26 }
        func isLower(_ index: Int) -> Bool { scalars.indices.contains(index) && scalars[index].value &- 0x61 < 26 }
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            guard isUpper(index) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            // A run of capitals is one word, up to the one that begins the next: `invalidUTF8`, `xGmMsgid`.
            if !isUpper(index - 1) || isLower(index + 1) { result += "-" }
            result.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value | 0x20)))
        }
        return result
    }
}
