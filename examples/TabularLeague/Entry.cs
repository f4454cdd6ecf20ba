namespace TabularLeague;

/// <summary>A contestant in the form that it takes part in.</summary>
/// <param name="Contestant">The trainer with its settings.</param>
/// <param name="TakesColumns">Whether it gets numbers with gaps and columns of categories instead of the prepared features.</param>
/// <param name="Build">A name for a build of the library, so that two of them compare; empty for none.</param>
internal sealed record Entry(Contestant Contestant, bool TakesColumns, string Build)
{
    private const string Columns = ":columns";

    public string Name => Contestant.Name + (TakesColumns ? Columns : "") + (Build.Length > 0 ? "@" + Build : "");

    /// <summary>Reads NAME, NAME:columns, NAME@BUILD or NAME:columns@BUILD.</summary>
    /// <param name="text">What the command line says.</param>
    /// <param name="giveColumns">Whether trainers of the library get columns without asking.</param>
    /// <param name="build">The build of the library's trainers that name none.</param>
    public static Entry Parse(string text, bool giveColumns, string build)
    {
        var parts = text.Split('@', 2);
        var takesColumns = parts[0].EndsWith(Columns, StringComparison.Ordinal);
        var name = takesColumns ? parts[0][..^Columns.Length] : parts[0];
        var contestant = Contestants.All.FirstOrDefault(known => known.Name == name)
            ?? throw new UsageException($"There is no trainer '{name}'. There are: {string.Join("; ", Contestants.All.Select(known => known.Name))}.");
        if (takesColumns && !contestant.IsOurs)
            throw new UsageException($"{name} takes no columns of categories: it gets the prepared features.");
        return new Entry(contestant, takesColumns || (giveColumns && contestant.IsOurs), parts.Length == 2 ? parts[1] : contestant.IsOurs ? build : "");
    }

    /// <summary>Whether this process can run it: other builds of the library have only results.</summary>
    public bool RunsIn(string build) => !Contestant.IsOurs || Build == build;

    /// <summary>The settings that its results must have; null, for any, where it is of another build, whose settings are not known.</summary>
    public string? SettingsIn(string build) => RunsIn(build) ? Contestant.Settings : null;

    /// <summary>The form in which results for a table stand: where preparing changes nothing, both forms are one.</summary>
    public Entry For(TableRows rows) => TakesColumns && !rows.NeedPreparation ? this with { TakesColumns = false } : this;
}
