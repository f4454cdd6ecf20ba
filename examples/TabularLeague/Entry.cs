namespace TabularLeague;

/// <summary>A contestant in the form that it takes part in.</summary>
/// <param name="Contestant">The trainer with its settings.</param>
/// <param name="TakesColumns">Whether it gets numbers with gaps and columns of categories instead of the prepared features.</param>
/// <param name="Build">A name for a build of the library, so that two of them compare; empty for none.</param>
internal sealed record Entry(Contestant Contestant, bool TakesColumns, string Build)
{
    /// <summary>What the name of one that takes columns ends with.</summary>
    public const string Columns = ":columns";

    public string Name => Contestant.Name + (TakesColumns ? Columns : "") + (Build.Length > 0 ? "@" + Build : "");

    /// <summary>Whether this process can run it: other builds of the library have only results.</summary>
    public bool RunsIn(string build) => !Contestant.IsOurs || Build == build;

    /// <summary>The settings that its results must have; null, for any, where it is of another build, whose settings are not known.</summary>
    public string? SettingsIn(string build) => RunsIn(build) ? Contestant.Settings : null;

    /// <summary>The form in which results for a table stand: where preparing changes nothing, both forms are one.</summary>
    public Entry For(TableRows rows) => TakesColumns && !rows.NeedPreparation ? this with { TakesColumns = false } : this;
}
