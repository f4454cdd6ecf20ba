using System.Collections;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>The groups over which pulls are compared, and the rows that they hold out for it.</summary>
internal sealed class GroupSplit
{
    private const int HeldOutPart = 4;

    private readonly Dictionary<int, (int[] Trained, int[] HeldOut)> _byGroup = [];

    private GroupSplit(GroupRows groups, GroupOptions options, RandomKey key)
    {
        var bySize = Enumerable.Range(0, groups.Names.Count).Where(group => groups[group].Count >= options.MinRows).OrderByDescending(group => groups[group].Count).ToList();
        var count = Math.Min(options.ComparedGroups, bySize.Count);
        for (var i = 0; i < count; i++)
        {
            var group = bySize[(int)(i * (long)bySize.Count / count)];
            var rows = groups[group].ToArray();
            new Random(key.Derive((ulong)group).ToSeed()).Shuffle(rows);
            var heldOut = rows.Length / HeldOutPart;
            _byGroup.Add(group, ([.. rows[heldOut..].Order()], [.. rows[..heldOut].Order()]));
        }
    }

    /// <summary>Draws them.</summary>
    /// <param name="groups">All groups.</param>
    /// <param name="options">How many are compared.</param>
    /// <param name="seed">Of the draw.</param>
    public static GroupSplit Of(GroupRows groups, GroupOptions options, int seed) => new(groups, options, RandomKey.FromSeed(seed).Derive("rows held out by groups"));

    /// <summary>The groups that are compared.</summary>
    public IReadOnlyList<int> Groups => [.. _byGroup.Keys];

    /// <summary>How many rows are held out.</summary>
    public int HeldOutCount => _byGroup.Values.Sum(rows => rows.HeldOut.Length);

    /// <summary>A group's rows that are trained on, by their numbers.</summary>
    public int[] TrainedOf(int group) => _byGroup[group].Trained;

    /// <summary>A group's other rows.</summary>
    public int[] HeldOutOf(int group) => _byGroup[group].HeldOut;

    /// <summary>For each of so many rows whether it is held out.</summary>
    public BitArray HeldOutAmong(int rows)
    {
        var marks = new BitArray(rows);
        foreach (var row in _byGroup.Values.SelectMany(own => own.HeldOut))
            marks[row] = true;
        return marks;
    }
}
