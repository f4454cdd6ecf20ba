using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Groups;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(GroupTransformer), typeof(ModelLoader<GroupTransformer>), null, typeof(SignatureLoadModel), "", GroupTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// Scores each row with the network of its group: see <see cref="GroupCatalog.FitEach"/>. Rows of a group that was not trained on, and rows whose group is missing, are scored by the common network.
/// The columns are those of the common model. All groups are in one model file; a group's network takes as much of it as the common one.
/// </summary>
public sealed class GroupTransformer : RowMappingTransformer, IModelPart<GroupTransformer>
{
    internal const string LoaderSignature = "NetworkOfGroup";

    // A hundred times what was tried.
    private const int MostGroups = 10_000_000;

    private static readonly ModelFormat Format = new("GROUPNET", LoaderSignature);

    private readonly Dictionary<string, Deferred<ITransformer>> _own = new(StringComparer.Ordinal);

    /// <param name="env">The environment.</param>
    /// <param name="groupBy">The column that tells groups apart.</param>
    /// <param name="common">Scores rows of other groups.</param>
    /// <param name="pull">How strongly networks were held at the common one; null where none has moved.</param>
    /// <param name="groups">The groups, each once.</param>
    internal GroupTransformer(IHostEnvironment env, string groupBy, ITransformer common, double? pull, IReadOnlyList<GroupFit> groups)
        : base(env, LoaderSignature)
    {
        (GroupBy, Common, Pull, Groups) = (groupBy, common, pull, groups);
        foreach (var group in groups.Where(group => group.Network is not null))
            _own.Add(group.Name, new(() => NetworkChain.WithNetwork(common, group.Network!)));
    }

    /// <summary>The column that tells groups apart.</summary>
    public string GroupBy { get; }

    /// <summary>What scores rows of groups that have no network of their own.</summary>
    public ITransformer Common { get; }

    /// <summary>How strongly the groups' networks were held at the common one, see <see cref="GroupOptions.Pulls"/>; null where none was better than the common one.</summary>
    public double? Pull { get; }

    /// <summary>The groups that were trained on, in the order of their names.</summary>
    public IReadOnlyList<GroupFit> Groups { get; }

    static ModelFormat IModelPart<GroupTransformer>.Format => Format;

    private protected override ModelFormat FileFormat => Format;

    /// <summary>What scores rows of a group.</summary>
    /// <param name="group">The value of the group column, as a text.</param>
    /// <returns><see cref="Common"/> where the group has no network of its own.</returns>
    public ITransformer Of(string group)
    {
        Host.CheckValue(group, nameof(group));
        return Find(group) ?? Common;
    }

    static GroupTransformer IModelPart<GroupTransformer>.Read(IHostEnvironment env, ModelReader reader)
    {
        // *** Binary format ***
        // string id: the group column
        // string id: how strongly networks were held, in digits; null where none has moved
        // int: number of groups
        // for each group: string id: its name; int: its rows; bool: whether it has a network of its own; string id: what went wrong, or null; <the network's own streams>
        // <the common model, in the folder Common>
        var host = env.Register(LoaderSignature);
        var (column, digits, count) = (reader.ReadText(), reader.ReadTextOrNull(), reader.ReadInt32());
        host.CheckDecode(count is > 0 and < MostGroups, "The model file has no number of groups.");
        var isHeld = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var pull);
        host.CheckDecode(digits is null || (isHeld && pull >= 0), "The model file has no strength by which groups were held.");
        var groups = new List<GroupFit>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var (name, rows, isOwn) = (reader.ReadText(), reader.ReadInt32(), reader.ReadBoolean());
            host.CheckDecode(rows > 0 && names.Add(name), "The groups of the model file are not those of a model.");
            var problem = reader.ReadTextOrNull();
            groups.Add(new GroupFit { Name = name, Rows = rows, Problem = problem, Network = isOwn ? TrainedNetworkFile.Load(host, reader.Within(PrefixOf(i))) : null });
        }

        var common = reader.ReadModel<ITransformer>(host, CommonFolder);
        var network = NetworkChain.Of(host, nameof(common), common).Network;
        host.CheckDecode(
            groups.TrueForAll(group => group.Network is not { } own || (own.Task == network.Task && own.Outputs == network.Outputs && own.Input == network.Input)),
            "A group's network is not of the columns of the common one.");
        return new GroupTransformer(env, column, common, isHeld ? pull : null, groups);
    }

    private protected override void Write(ModelWriter writer)
    {
        // *** Binary format ***
        // string id: the group column
        // string id: how strongly networks were held, in digits; null where none has moved
        // int: number of groups
        // for each group: string id: its name; int: its rows; bool: whether it has a network of its own; string id: what went wrong, or null; <the network's own streams>
        // <the common model, in the folder Common>
        writer.Write(GroupBy);
        writer.WriteOrNull(Pull?.ToString("R", CultureInfo.InvariantCulture));
        writer.Write(Groups.Count);
        foreach (var (i, group) in Groups.Index())
        {
            writer.Write(group.Name);
            writer.Write(group.Rows);
            writer.Write(group.Network is not null);
            writer.WriteOrNull(group.Problem);
            if (group.Network is { } network)
                TrainedNetworkFile.Save(writer.Within(PrefixOf(i)), network);
        }

        writer.WriteModel(CommonFolder, Common);
    }

    /// <summary>What scores rows of a group; null where it has no network of its own.</summary>
    internal ITransformer? Find(ReadOnlySpan<char> group) =>
        _own.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(group, out var own) ? own.Value : null;

    private protected override RowMapping Bind(DataViewSchema schema) => new GroupMapping(Host, this, schema);

    private const string CommonFolder = "Common";

    private static string PrefixOf(int group) => string.Create(CultureInfo.InvariantCulture, $"Group_{group}.");
}
