using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// A pass over training rows that draws changes of its own. The neural trainers ask for one in every epoch; whoever just opens cursors over a view, as all
/// other trainers do, reads the same changes in every pass.
/// </summary>
/// <param name="Key">Names the pass.</param>
/// <param name="MixesRows">Whether rows are mixed with others in this pass.</param>
internal sealed record TrainingPass(RandomKey Key, bool MixesRows)
{
    /// <summary>Whether passes over a view differ.</summary>
    public static bool Differ(IDataView view) => Upstream.Of(view).Any(upstream => upstream is AugmentedView { DrawsAnew: true });

    /// <summary>
    /// The rows of a view as this pass has them. The view stays as it is: the views from the first one that draws anew are built again, so passes do not
    /// get into each other's way.
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
