"""整改台账导入: a ledger kept in a spreadsheet, read with a look before anything is written, all of it or nothing."""
