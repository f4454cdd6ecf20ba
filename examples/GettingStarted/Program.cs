using System.Diagnostics;
using System.Globalization;
using GettingStarted;

// The three first pieces of code in README.md, as they stand there.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Directory.SetCurrentDirectory(AppContext.BaseDirectory);
if (!Directory.Exists("digits"))
    Images.Write("digits.csv", "digits");

Time("A table: which credits will not be repaid?", () => Table.Run());
Time("Images: which digit is it?", () => Images.Run());
Time("Texts: which subject lines are spam?", () => Texts.Run());

static void Time(string title, Action run)
{
    Console.WriteLine(title);
    var watch = Stopwatch.StartNew();
    run();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"({watch.Elapsed.TotalSeconds:0} s)"));
    Console.WriteLine();
}
