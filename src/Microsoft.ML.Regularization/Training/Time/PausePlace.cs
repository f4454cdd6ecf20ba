namespace Microsoft.ML.Regularization.Training;

/// <summary>Where a run pauses.</summary>
internal static class PausePlace
{
    /// <summary>The epochs of a share of a run, rounded up; one at least.</summary>
    /// <param name="share">Above 0 and to 1.</param>
    /// <param name="epochs">Those of the whole run.</param>
    public static int EpochsOf(double share, int epochs) => (int)Math.Max(1, Math.Ceiling(share * epochs - 1e-9));
}
