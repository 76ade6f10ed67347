"""The paper around a contest: workbooks, Word, PDF, web page and plain tables, all from one dossier, made offline."""
