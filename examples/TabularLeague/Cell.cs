namespace TabularLeague;

/// <summary>A table with a number of training rows, in which contestants meet.</summary>
internal sealed record Cell(Table Table, int Rows)
{
    public override string ToString() => $"{Table.Name} {Rows:N0}";
}
