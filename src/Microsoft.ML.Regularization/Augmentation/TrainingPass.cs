using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// A pass over training rows with its own random changes. The neural trainers start one in every epoch; all other readers, which just open cursors over a
/// view, see the same changes in every pass.
/// </summary>
/// <param name="Key">Names the pass.</param>
/// <param name="MixesRows">Whether rows are mixed with others in this pass.</param>
internal sealed record TrainingPass(RandomKey Key, bool MixesRows)
{
    /// <summary>Whether passes over a view differ.</summary>
    public static bool Differ(IDataView view) => Upstream.Of(view).Any(upstream => upstream is AugmentedView { DrawsAnew: true });

    /// <summary>
    /// The rows of a view with the changes of this pass. The view itself is not changed: all views from the first random one on are built again, so passes do
    /// not interfere with each other.
    /// </summary>
    public IDataView Over(IHostEnvironment env, IDataView view)
    {
        if (Upstream.SourceOf(view) is not { } source)
            return view;

        var rows = Over(env, source);
        if (view is AugmentedView { DrawsAnew: true } augmented)
            return augmented.InPass(this, rows);
        return ReferenceEquals(rows, source) ? view : Upstream.Rebind(env, view, rows);
    }
}
