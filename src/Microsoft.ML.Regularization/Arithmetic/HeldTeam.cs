namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Until it is disposed, a team does the works of the thread that made it: see <see cref="ThreadTeam.UseAlone"/>. Works give the same bits by any team.
/// </summary>
internal readonly struct HeldTeam : IDisposable
{
    [ThreadStatic]
    private static ThreadTeam? t_team;

    private readonly ThreadTeam? _before;

    public HeldTeam(ThreadTeam team) => (_before, t_team) = (t_team, team);

    /// <summary>The calling thread's; null where it holds none.</summary>
    public static ThreadTeam? OfThread => t_team;

    public void Dispose() => t_team = _before;
}
