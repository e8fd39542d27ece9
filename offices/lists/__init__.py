"""The one table of the house: filters, sorting, totals, pages, saved views, columns, print and XLSX of any list.

A screen says once what its list is and answers every request with it:

    class ChargeTable(ListTable):
        name = TextColumn("Услуга", sort="service__name", accessor="service__name")
        account = TextColumn("Лицевой счёт", accessor="account__number")  # a text cell of the sheet too
        billed = RoublesColumn("Начислено", sort="billed", total=True)
        paid_on = DayColumn("Выплачено", sort="paid_on", nullable=True)
        norm = TextColumn("Норматив", hidden=True)                             # shown when somebody chooses it

        def address_of(self, record): return self.to("charge", record.pk)     # a click on the row opens it

    class ChargeFilter(ListFilter):                                            # django-filter; fields of the query
        service = ChoiceFilter(label="Услуга", choices=...)                    # its labels are words of the filter
        new = FlagFilter(label="Новые", keep="keep_new")

        def keep_new(self, rows): return rows.filter(...)                      # self.request.frame is there

    CHARGES = Listing(
        page="charges", title="Начисления предприятий", table=ChargeTable, order="name", filters=ChargeFilter,
        found="начисление,начисления,начислений", views=(BuiltInView("Новые", "new=1"),),
        empty=Empty("Начислений нет.", "receiving", "Принять файлы"),
    )

    @page(section="exchange")
    def charges(request):
        rows = request.frame.seen(Charge.objects.all())      # scoped, NOT filtered, NOT ordered, NOT sliced
        return CHARGES.answer(request, rows=rows, template="charges/list.html", context={...})

The template of the page extends `base.html` and says `{% include "components/table.html" %}` where the list stands;
the variable `shown` (offices.lists.listing.Shown) is there: `shown.count`, `shown.totals`, `shown.filter_words`.
A second list on a page, or a list among other things: `shown = CHARGES.shown(request, rows=rows)`, then
`shown.is_partial` / `shown.is_export`, `shown.partial()`, `shown.workbook()`.

- `rows` is a QuerySet or a sequence of ready rows that have `pk` (a few thousand at most). Sorting by a column means
  `sort`: a field path or an annotation of `rows` (an attribute for a sequence); `nullable=True` where it may be NULL.
  Every order ends with `pk`. Pages are found by the key of a row, never by OFFSET: `?after=<pk>`, `?before=<pk>`.
- `dressed=` turns the page's model rows into the rows of the table (frozen dataclasses) at one go: a constant number
  of queries for 50 rows; the sheet asks it for 1,000 rows at a time. Cells are read by accessor and never query.
- `totals=` answers the sums of the whole filtered set, {column: Decimal}; without it the columns with `total=True`
  are summed by their `sort`. The number of rows is always counted.
- `filters` for a sequence is a `RowsFilter`: a form with `keeps(row, asked)`.
- Cells: `render_<column>(self, value, record)` answers what stands on screen, `value_<column>` what stands in the
  sheet; a column with markup needs both. Sums are `Decimal` or None, texts are text.
- The query: filters by their names, `sort=-billed`, `col=name&col=billed`, `per=100`, `after`, `before`, `last=1`,
  `xlsx=1`; `m` and `r` belong to the frame. A filter that cannot be read keeps nothing and says so.
- Bulk acts are not here; they are to take `shown.rows` (the filtered set) and `shown.query` (what is sent back).
"""
